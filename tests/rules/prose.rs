//! How our own prose is set.

use super::{Case, case};

pub(crate) const CASES: &[Case] = &[
    case(
        "emphasis-unparsed",
        |s| _ = s.port("zh", "**新增泊位6个以上，**", "** 新增泊位6个以上，**"),
        &[
            |s| _ = s.passages("**（重点）**码头与`**`。[^wharf]", "**Wharves** and `**`.[^wharf]"),
            |s| _ = s.passages("***码头***，\\*\\*。[^wharf]", "***Wharves***, \\*\\*.[^wharf]"),
        ],
    ),
    case(
        "half-width-punctuation",
        |s| _ = s.river("zh", "实现零的突破，", "实现零的突破,"),
        &[
            |s| {
                _ = s.passages(
                    "码头与`f(x,y)`、CDMO（合同研发）、8:30、1:1和A/B。[^wharf]",
                    "Wharves, `f(x,y)`, CDMO (contract development), 8:30, 1:1 and A/B.[^wharf]",
                )
            },
            |s| {
                _ = s.passages(
                    "建设码头，见[码头](https://example.org/?a=1,2)。[^wharf]",
                    "Wharves: see [wharves](https://example.org/?a=1,2).[^wharf]",
                )
            },
            |s| {
                _ = s.passages(
                    "建设**码头**，“Port of Linjiang, Ltd.”也在内。[^wharf]",
                    "Build **wharves**, “Port of Linjiang, Ltd.” among them.[^wharf]",
                )
            },
        ],
    ),
    case(
        "mixed-currency",
        |s| _ = s.river("en", "more than RMB 1 billion", "more than 1 billion yuan"),
        &[
            |s| _ = s.passages("元代就有码头。[^wharf]", "There have been wharves since the Yuan dynasty.[^wharf]"),
            |s| _ = s.passages("码头以人民币结算。[^wharf]", "Wharves settle in renminbi (RMB).[^wharf]"),
            |s| _ = s.river("en", "RMB 1 billion", "RMB 1,000 million"),
        ],
    ),
    case(
        "straight-quotes",
        |s| _ = s.port("en", "the port’s development", "the port's development"),
        &[
            |s| _ = s.passages("码头的代码是`\"wharf\"`。[^wharf]", "The code of wharves is `\"wharf's\"`.[^wharf]"),
            |s| {
                _ = s.passages(
                    "见[码头](https://example.org/ \"码头\")。[^wharf]",
                    "See [wharves](https://example.org/ \"Wharves\").[^wharf]",
                )
            },
            |s| _ = s.passages("“码头”与‘港口’。[^wharf]", "“Wharves” and the port’s ‘own’.[^wharf]"),
        ],
    ),
    case(
        "doubled-word",
        |s| _ = s.port("en", "to speed up the port’s", "to speed up the the port’s"),
        &[
            |s| {
                _ = s.passages(
                    "码头就是那个码头。[^wharf]",
                    "The wharf is that that was built; it had had none.[^wharf]",
                )
            },
            |s| _ = s.passages("码头在[[linjiang]]。[^wharf]", "The wharf in [[linjiang]] in spring.[^wharf]"),
            |s| {
                _ = s.passages(
                    "| 港口 | 港口 |\n|---|---|\n| 码头 | 码头[^wharf] |",
                    "| Port | Port |\n|---|---|\n| Wharf | Wharf[^wharf] |",
                )
            },
            |s| _ = s.passages("一个个码头，人人参与。[^wharf]", "Wharf by wharf. Wharf owners take part.[^wharf]"),
        ],
    ),
    case(
        "space-between-han",
        |s| _ = s.port("zh", "为加快港口发展", "为加快 港口发展"),
        &[
            |s| {
                _ = s.passages(
                    "建设*深水*码头，见[港口](https://example.org/)和`code`与 AI 码头。[^wharf]",
                    "Build *deep-water* wharves, see [ports](https://example.org/), `code` and AI.[^wharf]",
                )
            },
            |s| {
                _ = s.passages(
                    "建设码头，[^wharf]发展\n港口。[^purpose]",
                    "Build wharves[^wharf] and develop\nthe port.[^purpose]",
                )
            },
            |s| _ = s.passages("- 建设\n  深水码头。[^wharf]", "- Build\n  deep-water wharves.[^wharf]"),
        ],
    ),
];
