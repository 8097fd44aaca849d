//! From bytes as received to text: encoding, and what kind of file it is.
//!
//! UTF-8 and UTF-16 by their marks or by trial, else what an HTML page says of itself, else GB18030 (which
//! holds GBK and GB2312) or Big5, whichever reads as Chinese. A text with one character that cannot be read
//! is refused with its place: a seed is quoted character by character.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// What kind of file a text came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Nothing but text.
    Plain,
    /// A page saved from the web.
    Html,
    /// Markdown.
    Markdown,
}

/// A file read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Its characters, a byte order mark left out.
    pub text: String,
    /// What kind of file it is.
    pub format: Format,
    /// The name of its encoding, in lower case.
    pub charset: String,
}

impl Decoded {
    /// Its media type.
    pub fn media_type(&self) -> String {
        let kind = match self.format {
            Format::Plain => "text/plain",
            Format::Html => "text/html",
            Format::Markdown => "text/markdown",
        };
        format!("{kind}; charset={}", self.charset)
    }

    /// Whether the bytes are the text itself: plain text in UTF-8.
    pub fn is_text_itself(&self) -> bool {
        self.format == Format::Plain && self.charset == "utf-8"
    }
}

/// Why a file cannot be read as text, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// A PDF.
    #[error("this is a PDF, which duizhao does not read")]
    Pdf,
    /// Some other known binary format.
    #[error("this is {0}, which duizhao does not read")]
    Binary(&'static str),
    /// Text with bytes that are none of its encoding's.
    #[error("this reads as {charset}, but for what stands at byte {at}")]
    Broken {
        /// The encoding that fits best.
        charset: String,
        /// The first byte that does not fit.
        at: usize,
    },
    /// No text at all.
    #[error("the file has no text in it")]
    Empty,
}

impl Unreadable {
    /// What would mend it.
    pub fn help(&self) -> &'static str {
        match self {
            Unreadable::Pdf => {
                "get its text out with `pdftotext -layout FILE.pdf FILE.txt` (poppler-utils), read it through once \
                 against the PDF, and import FILE.txt; a scanned PDF has to be recognised (OCR) first"
            }
            Unreadable::Binary(_) => "save it as plain text, or as a web page, from the program that opens it",
            Unreadable::Broken { .. } => "save it as UTF-8 from the program that shows it rightly",
            Unreadable::Empty => "is it a scan? then its text has to be recognised (OCR) first",
        }
    }
}

/// Reads a file. `name` only tells Markdown from plain text.
///
/// # Errors
/// Why it cannot be read as text.
pub fn decode(bytes: &[u8], name: &str) -> Result<Decoded, Unreadable> {
    const BINARY: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "a Word document or another archive"),
        (b"\xD0\xCF\x11\xE0", "an old Office document"),
        (b"{\\rtf", "a rich text document"),
        (b"\x89PNG", "an image"),
        (b"\xFF\xD8\xFF", "an image"),
        (b"GIF8", "an image"),
        (b"II*\x00", "an image"),
        (b"\x1F\x8B", "a compressed file"),
    ];
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace()).unwrap_or(0);
    if bytes[start..].starts_with(b"%PDF") {
        return Err(Unreadable::Pdf);
    }
    if let Some((_, kind)) = BINARY.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Unreadable::Binary(kind));
    }
    let (encoding, text) = characters(bytes)?;
    if text.chars().all(crate::text::is_blank) {
        return Err(Unreadable::Empty);
    }
    if text.contains('\0') {
        return Err(Unreadable::Binary("no text"));
    }
    let format = format(&text, name);
    Ok(Decoded { text, format, charset: encoding.name().to_ascii_lowercase() })
}

/// The characters of a file, by the encoding that it is in.
fn characters(bytes: &[u8]) -> Result<(&'static Encoding, String), Unreadable> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return strict(encoding, &bytes[mark..], mark);
    }
    if let Ok(text) = std::str::from_utf8(bytes)
        && !is_utf16(bytes)
    {
        return Ok((UTF_8, text.to_owned()));
    }
    if is_utf16(bytes) {
        let [little, big] = [UTF_16LE, UTF_16BE].map(|e| (likeness(&e.decode_without_bom_handling(bytes).0), e));
        return strict(if little.0 >= big.0 { little.1 } else { big.1 }, bytes, 0);
    }
    if let Some(encoding) = declared(bytes)
        && let Ok(found) = strict(encoding, bytes, 0)
    {
        return Ok(found);
    }
    // A UTF-8 text with a slip is mended, not read as something else.
    if let Err(error) = std::str::from_utf8(bytes)
        && likeness(&String::from_utf8_lossy(bytes)) > 0.9
    {
        return Err(Unreadable::Broken { charset: "utf-8".to_owned(), at: error.valid_up_to() });
    }
    let tried: Vec<_> = [GB18030, BIG5].into_iter().map(|e| (strict(e, bytes, 0), e)).collect();
    let best = tried
        .iter()
        .filter_map(|(read, e)| Some((likeness(&read.as_ref().ok()?.1), *e)))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, e)| e);
    strict(best.unwrap_or(GB18030), bytes, 0)
}

/// Decodes without replacing anything.
fn strict(
    encoding: &'static Encoding,
    bytes: &[u8],
    skipped: usize,
) -> Result<(&'static Encoding, String), Unreadable> {
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((encoding, text.into_owned())),
        None => {
            let mut decoder = encoding.new_decoder_without_bom_handling();
            let mut out = String::with_capacity(bytes.len() * 3 + 16);
            let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut out, true);
            let at = match result {
                encoding_rs::DecoderResult::Malformed(bad, after) => {
                    read.saturating_sub(usize::from(bad) + usize::from(after))
                }
                _ => read,
            };
            Err(Unreadable::Broken { charset: encoding.name().to_ascii_lowercase(), at: skipped + at })
        }
    }
}

/// Whether bytes without a mark are UTF-16: pairs that read as Chinese and ASCII one way round.
fn is_utf16(bytes: &[u8]) -> bool {
    const SAMPLE: usize = 4096;
    let sample = &bytes[..bytes.len().min(SAMPLE) & !1];
    if sample.len() < 4 || bytes.len() % 2 == 1 {
        return false;
    }
    // Plain ASCII read as UTF-16 is full of rare Han; only text with zero bytes or no UTF-8 can be UTF-16.
    let possible = sample.contains(&0) || std::str::from_utf8(bytes).is_err();
    possible && [UTF_16LE, UTF_16BE].iter().any(|e| likeness(&e.decode_without_bom_handling(sample).0) > 0.95)
}

/// How much of a text is what Chinese texts are made of.
fn likeness(text: &str) -> f64 {
    const COMMON: &str = "的一是在和人了中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严";
    let mut all = 0usize;
    let mut good = 0f64;
    for c in text.chars() {
        all += 1;
        good += match c {
            ' '..='~' | '\n' | '\r' | '\t' => 1.0,
            '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF5E}' | '\u{2010}'..='\u{2026}' => 1.0,
            c if COMMON.contains(c) => 1.0,
            '\u{4E00}'..='\u{9FFF}' => 0.9,
            _ => 0.0,
        };
    }
    if all == 0 { 0.0 } else { good / all as f64 }
}

/// The encoding that a page says it is in.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let at = head.find("charset=").map(|i| i + "charset=".len())?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    Encoding::for_label(label.as_bytes())
}

/// What kind of file a text came in: by what it begins with, else by its name.
fn format(text: &str, name: &str) -> Format {
    let head: String =
        text.trim_start_matches(crate::text::is_blank).chars().take(2000).collect::<String>().to_ascii_lowercase();
    let marked = head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.starts_with("<?xml") && head.contains("<html");
    let tags = ["<p>", "<p ", "<div", "<br", "<table", "<body", "</p>", "<span"];
    let lower = name.to_ascii_lowercase();
    let by_name = lower.ends_with(".html") || lower.ends_with(".htm") || lower.ends_with(".xhtml");
    if marked || (by_name && head.contains('<')) || tags.iter().filter(|t| head.contains(**t)).count() >= 3 {
        return Format::Html;
    }
    if lower.ends_with(".md") || lower.ends_with(".markdown") { Format::Markdown } else { Format::Plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "到2027年，全市生命健康产业规模力争突破8000亿元，培育龙头企业10家以上。\n第二段的话在这里。\n";

    #[test]
    fn encodings() {
        let utf16 = |big: bool, mark: bool| -> Vec<u8> {
            let units = mark.then_some(0xFEFF).into_iter().chain(TEXT.encode_utf16());
            units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
        };
        let gb = GB18030.encode(TEXT).0.into_owned();
        let big5 = BIG5.encode("到2027年，全市產業規模力爭突破8000億元，培育龍頭企業。").0.into_owned();
        for (bytes, charset) in [
            (TEXT.as_bytes().to_vec(), "utf-8"),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), "utf-8"),
            (utf16(false, true), "utf-16le"),
            (utf16(true, true), "utf-16be"),
            (utf16(false, false), "utf-16le"),
            (utf16(true, false), "utf-16be"),
            (gb, "gb18030"),
            (big5, "big5"),
        ] {
            let read = decode(&bytes, "a.txt").expect("it is text");
            assert_eq!(read.charset, charset);
            assert!(read.text.starts_with("到2027年，全市"), "{charset}: {}", read.text);
            assert_eq!(read.format, Format::Plain);
        }
    }

    #[test]
    fn pages_and_markdown() {
        let page = "<html><head><meta charset=\"gb2312\"></head><body><p>到2027年</p></body></html>";
        let read = decode(&GB18030.encode(page).0, "page").expect("it is text");
        assert_eq!((read.format, read.charset.as_str()), (Format::Html, "gbk"));
        assert_eq!(decode("# 标题\n".as_bytes(), "a.md").map(|d| d.format), Ok(Format::Markdown));
        assert_eq!(decode("a < b，c > d\n".as_bytes(), "a.txt").map(|d| d.format), Ok(Format::Plain));
    }

    #[test]
    fn what_is_no_text_says_what_to_do() {
        assert_eq!(decode(b"%PDF-1.7 ...", "a.pdf"), Err(Unreadable::Pdf));
        assert!(matches!(decode(b"PK\x03\x04....", "a.docx"), Err(Unreadable::Binary(_))));
        assert_eq!(decode(b"  \n", "a.txt"), Err(Unreadable::Empty));
        let mut broken = TEXT.as_bytes().to_vec();
        broken[3] = 0xFF;
        assert_eq!(decode(&broken, "a.txt"), Err(Unreadable::Broken { charset: "utf-8".to_owned(), at: 3 }));
        assert!(Unreadable::Pdf.help().contains("pdftotext -layout"));
    }
}
