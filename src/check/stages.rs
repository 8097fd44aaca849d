//! What curators must know of the problems that reading, linking and publishing report.

use super::rule::Rule;
use crate::diagnostic::Severity;

const fn rule(
    code: &'static str,
    asks: &'static str,
    why: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Error, adjustable: false, asks, why, wrong, right }
}

/// A rule whose severity a site may change.
const fn adjustable(rule: Rule) -> Rule {
    Rule { adjustable: true, ..rule }
}

const fn note(rule: Rule) -> Rule {
    Rule { severity: Severity::Note, ..rule }
}

const fn warning(rule: Rule) -> Rule {
    Rule { severity: Severity::Warning, ..rule }
}

pub(super) const RULES: [&Rule; 48] = [
    &rule(
        "address-collision",
        "No two things have one address.",
        "Two pages, or a page and a file, would overwrite each other; on systems that fold case or Unicode forms even names that only look different collide.",
        "content/policies/a/ and content/policies/A/",
        "Give one of them another id",
    ),
    &rule(
        "ambiguous-id",
        "A `[[…]]` names one thing.",
        "Ids are unique within a kind; across kinds the kind says which is meant.",
        "[[wuhan]]                 # a place and a topic",
        "[[place:wuhan]]",
    ),
    &rule(
        "bad-anchor",
        "An anchor has the form of one.",
        "`L57` is the raw line that a block starts on, `L117.311` the line and how many characters stand before it. The source page shows them.",
        "anchor = \"57\"",
        "anchor = \"L57\"",
    ),
    &rule(
        "bad-file-name",
        "File names are Unicode.",
        "Addresses are made of them.",
        "A name in GBK bytes",
        "Rename the file",
    ),
    &rule(
        "bad-id",
        "Ids are lower-case ASCII letters, digits and hyphens.",
        "They stand in addresses that people copy.",
        "id = \"Industry_Scale\"",
        "id = \"industry-scale\"",
    ),
    &rule(
        "bad-value",
        "A value is of the kind that its key asks for.",
        "The message says what is expected.",
        "due = \"2027\"",
        "due = 2027",
    ),
    &rule(
        "broken-link",
        "Every link of the finished site leads to a page and a place that exist.",
        "Links between digests are checked with their anchors, after all pages are made.",
        "[the goals](../hubei-biomedicine-2024/#golas)",
        "[the goals](../hubei-biomedicine-2024/#goals)",
    ),
    &rule(
        "cannot-publish",
        "The output folder can be written.",
        "Nothing was published; what stood there before stands there still.",
        "The disk is full",
        "Make room, and build again",
    ),
    &rule(
        "data",
        "Data files can be written.",
        "A fault of the program rather than of the content; please report it.",
        "(nothing that a curator wrote)",
        "(nothing that a curator can write)",
    ),
    &rule(
        "duplicate-id",
        "An id or label names one thing.",
        "Within a kind, within a policy's targets, facts and derived figures, within a digest's headings and footnotes.",
        "[[target]]\nid = \"hospitals\"\n\n[[target]]\nid = \"hospitals\"",
        "[[target]]\nid = \"hospitals-known\"\n\n[[target]]\nid = \"hospitals-first-class\"",
    ),
    &rule(
        "hidden-character",
        "What a curator writes holds no character that nobody sees.",
        "Controls, bidirectional overrides, joiners and tags can turn round or hide what stands beside them: a reader would see other words than the machine compares. Pages leave them out of source texts, which stay as they were received, and quotes are compared without them.",
        "measure = { zh = \"规模\\u202E\", en = \"Scale\" }",
        "measure = { zh = \"规模\", en = \"Scale\" }",
    ),
    &rule(
        "heading-without-id",
        "Every heading of a digest has an id, the same in both languages.",
        "Links, the language switch and the parallel view use it.",
        "## Overall goals",
        "## Overall goals {#goals}",
    ),
    &adjustable(rule(
        "hint-unused",
        "What a record says of its source's noise and headings fits the source.",
        "A hint that matches nothing is out of step with the text.",
        "noise = [\"a running header that is not there\"]",
        "Take the hint out, or give its words as the source has them",
    )),
    &rule(
        "image",
        "Digests have no images.",
        "What a digest says is words that can be checked.",
        "![chart](chart.png)",
        "Say it in words, with a citation",
    ),
    &rule(
        "missing-file",
        "Every file that another one names is there.",
        "The message names both.",
        "file = \"seeds/wuhan.txt\"      # no such file",
        "file = \"seeds/wuhan-medical-hub-2024.txt\"",
    ),
    &rule(
        "missing-key",
        "Every key that must be there is there.",
        "The message names the key and the entry.",
        "[[target]]\nvalue = \"6\"",
        "[[target]]\nid    = \"hospitals\"\nvalue = \"6\"",
    ),
    &rule(
        "missing-translation",
        "Everything that readers see stands in both languages.",
        "Digests, names, measures, translations of quotes, interface strings. In a draft it is a note.",
        "name = { zh = \"武汉市\" }",
        "name = { zh = \"武汉市\", en = \"Wuhan\" }",
    ),
    &note(rule(
        "no-base-url",
        "Canonical addresses, the sitemap and feeds need to know where the site is published.",
        "Without base_url they are left out; all else works under any path.",
        "(nothing that a curator wrote)",
        "site.toml: base_url = \"https://example.org/digests/\"\nor: duizhao build --base-url https://example.org/digests/",
    )),
    &rule(
        "no-site",
        "The folder is a site.",
        "A site has site.toml at its top.",
        "duizhao check            # in another folder",
        "duizhao check --root DIR",
    ),
    &rule(
        "no-theme",
        "The theme that site.toml names exists.",
        "It is compiled in (gazette) or stands in themes/.",
        "theme = \"gazete\"",
        "theme = \"gazette\"",
    ),
    &rule(
        "not-utf8",
        "Files are UTF-8.",
        "The message gives the first byte that is not.",
        "A digest saved as GBK",
        "Save it as UTF-8",
    ),
    &rule(
        "parent-cycle",
        "No place belongs to itself.",
        "By however many steps.",
        "wuhan: parent = \"hubei\"; hubei: parent = \"wuhan\"",
        "wuhan: parent = \"hubei\"; hubei has no parent",
    ),
    &rule(
        "quote-ambiguous",
        "A quote stands in its source once, or the citation says which place is meant.",
        "Found twice and not told which, a link could lead to the wrong words.",
        "[^a]: 支持企业上市",
        "[^a]: 支持企业上市 {anchor=L57}",
    ),
    &rule(
        "quote-cuts-number",
        "A quote neither begins nor ends inside a number.",
        "800亿元 cut out of 8000亿元 is verbatim, and false. Han numerals, ranges and fractions count as numbers.",
        "quote = '突破800'       # of 突破8000亿元",
        "quote = '突破8000亿元'",
    ),
    &rule(
        "quote-empty",
        "A quote has words.",
        "The message says where and what.",
        "quote = ''",
        "quote = '到2027年,全市生命健康产业规模力争突破8000亿元'",
    ),
    &rule(
        "quote-not-found",
        "A quote stands in its source, character by character.",
        "Only what extractions vary is set aside: width, white space, line breaks, kinds of dashes and quotation marks. A near miss is shown with the nearest passage and the first character that differs.",
        "quote = '全市生命健康产业规模力争突破9000亿元'",
        "quote = '全市生命健康产业规模力争突破8000亿元'",
    ),
    &rule(
        "quote-without-policy",
        "Prose of places and topics says which policy a quote is from.",
        "A digest's own policy goes without saying; a place has none.",
        "[^a]: 支持企业上市",
        "[^a]: 支持企业上市 {policy=hubei-biomedicine-2024}",
    ),
    &rule(
        "raw-html",
        "Digests have no raw HTML.",
        "What a digest contains can't run in a reader's browser.",
        "<b>Goals</b>",
        "**Goals**",
    ),
    &rule(
        "source-changed",
        "A source text has the hash that its record states.",
        "Quotes prove nothing if the text can change unseen.",
        "sha256 = \"684e…\"       # and the file hashes to 02a7…",
        "Put the text back, or look through every quote and give the new hash",
    ),
    &adjustable(note(rule(
        "source-copy",
        "`check --sources DIR` finds a copy of every source that it can read.",
        "A copy is called after its policy: <policy>.txt, .md or .html. One that cannot be read is an error.",
        "duizhao check --sources copies      # and copies/ has no wuhan-medical-hub-2024.txt",
        "Save the document once more, as copies/wuhan-medical-hub-2024.txt",
    ))),
    &rule(
        "source-file",
        "A record's source is a file in seeds/.",
        "The message says where and what.",
        "file = \"../elsewhere.txt\"",
        "file = \"seeds/wuhan-medical-hub-2024.txt\"",
    ),
    &adjustable(warning(rule(
        "source-outdated",
        "A source text is still what its publisher has.",
        "Reported by `check --sources DIR` only: it compares the texts with copies saved anew, and says which quotes, targets and reviews a change touches. Nothing is written.",
        "duizhao check --sources copies      # and the document has been amended since",
        "Take the new text: put it into seeds/, mend what is touched, give the record its new sha256",
    ))),
    &rule(
        "symbolic-link",
        "Input files are no symbolic links.",
        "What a build publishes lies in the site's own folder.",
        "seeds/a.txt -> /etc/passwd",
        "A copy of the file",
    ),
    &rule(
        "template",
        "Templates are sound.",
        "The message gives template, line and column.",
        "{{ policy.nmae }}",
        "{{ policy.name }}",
    ),
    &rule(
        "toml",
        "TOML files parse.",
        "The message gives the place at which the parser stumbled.",
        "title = \"…",
        "title = \"…\"",
    ),
    &rule(
        "too-deep",
        "Lists, quotations and marks stand at most 64 deep in each other.",
        "No reader follows so far, and pages are made by walking down.",
        "> > > > … a quotation in a hundred others",
        "> one quotation",
    ),
    &rule(
        "too-large",
        "A text has at most 16 MB.",
        "The longest policy documents have some hundred kilobytes; what is larger is most often no text.",
        "seeds/scan.txt, which is a picture of the document",
        "The words of the document",
    ),
    &rule(
        "unequal-headings",
        "Both languages have the same headings, with the same ids, in the same order.",
        "The language switch, links and the parallel view rest on them.",
        "## 目标 {#goals}      ## Aims {#aims}",
        "## 目标 {#goals}      ## Aims {#goals}",
    ),
    &rule(
        "unknown-anchor",
        "An anchor is of a block of the source.",
        "The source page shows each block's address.",
        "[^a]: 支持企业上市 {anchor=L999}",
        "[^a]: 支持企业上市 {anchor=L57}",
    ),
    &rule(
        "unknown-citation",
        "A citation is defined, or is the id of a target, fact or derived figure.",
        "The message says where and what.",
        "Wuhan supports listings.[^listing]     # and nothing defines it",
        "[^listing]: 支持企业上市",
    ),
    &adjustable(rule(
        "unknown-file",
        "Every file in content/ is one that a site reads.",
        "Most often a slip in a name.",
        "digest.en.markdown",
        "digest.en.md",
    )),
    &rule(
        "unknown-id",
        "An id that something refers to exists.",
        "The message says where and what.",
        "topics = [\"medical-service\"]",
        "topics = [\"medical-services\"]",
    ),
    &rule(
        "unknown-key",
        "Every key is a known one.",
        "A misspelt key would be ignored in silence.",
        "comitment = \"strive\"",
        "commitment = \"strive\"",
    ),
    &rule(
        "unknown-unit",
        "A unit is one that duizhao knows, or stands in words in both languages.",
        "`duizhao schema units` lists the known ones.",
        "unit = \"家医院\"",
        "unit = { zh = \"家\", en = \"hospitals\" }",
    ),
    &rule(
        "unreadable-file",
        "Every file can be read.",
        "The message says where and what.",
        "A file without read permission",
        "Give the permission",
    ),
    &rule(
        "unsafe-link",
        "Links lead to pages and files, or to http and https addresses.",
        "`javascript:` and `data:` links run code.",
        "[x](javascript:alert(1))",
        "[x](https://example.org/)",
    ),
    &adjustable(rule(
        "unused-footnote",
        "Every footnote is cited.",
        "A quote that nothing cites is left over from an edit.",
        "[^old]: 支持企业上市     # and no [^old] in the text",
        "Take it out, or cite it",
    )),
    &adjustable(note(rule(
        "unreviewed",
        "Every proposal of `import` has been read by a curator.",
        "Until then it is kept off the site, but for `--drafts`. One note a policy says how many wait.",
        "reviewed = false",
        "Read the proposal against its quote, mend it, and take the line out",
    ))),
];
