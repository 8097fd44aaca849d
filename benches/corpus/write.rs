//! Writes made-up policies to a folder: `cargo run --release --example corpus -- 1000 DIR` makes `DIR/duizhao`
//! and `DIR/hugo`, the same policies as sites of the two generators.

#[path = "mod.rs"]
mod corpus;

use std::fs;
use std::path::Path;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (Some(policies), Some(folder)) = (arguments.next().and_then(|n| n.parse().ok()), arguments.next()) else {
        eprintln!("usage: corpus POLICIES FOLDER");
        std::process::exit(2);
    };
    let folder = Path::new(&folder);
    let put = |site: &str| {
        let root = folder.join(site);
        move |path: String, text: String| {
            let to = root.join(path);
            fs::create_dir_all(to.parent().expect("files stand in folders")).expect("the folder can be made");
            fs::write(to, text).expect("the folder can be written");
        }
    };
    corpus::duizhao::write(policies, put("duizhao"));
    corpus::hugo::write(policies, put("hugo"));
    let layouts = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/hugo");
    for entry in walkdir::WalkDir::new(&layouts).into_iter().map(|e| e.expect("the layouts can be read")) {
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&layouts).expect("it is below");
            put("hugo")(
                path.to_string_lossy().into_owned(),
                fs::read_to_string(entry.path()).expect("layouts are text"),
            );
        }
    }
}
