//! Ten questions that an analyst would ask of the five policies. The published data answers each;
//! `tests/questions/questions.toml` keeps question and answer in words.

mod common;

use std::collections::BTreeSet;
use std::fs;

use common::{TestSite, repository};
use regex::Regex;
use serde::Deserialize;
use serde_json::{Value, json};

const CHANGSHA: &str = "changsha-health-2023";
const HANGZHOU: &str = "hangzhou-medicine-port-2024";
const HUBEI: &str = "hubei-biomedicine-2024";
const MEDICAL_HUB: &str = "wuhan-medical-hub-2024";
const RD_CENTRE: &str = "wuhan-rd-centre-2025";

/// Holds a question's answer against the data.
type Check = fn(&Published, &Question);

/// By the ids of the questions, in their order.
const CHECKS: [(&str, Check); 10] = [
    ("class-iii-devices", class_iii_devices),
    ("health-commission", health_commission),
    ("listed-companies", listed_companies),
    ("striven-for-2026", striven_for_2026),
    ("hubei-clusters", hubei_clusters),
    ("industry-size", industry_size),
    ("class-1-drugs", class_1_drugs),
    ("ten-billion-companies", ten_billion_companies),
    ("after-2027", after_2027),
    ("foreign-rd-centres", foreign_rd_centres),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    question: Vec<Question>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    id: String,
    question: Words,
    answer: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    zh: String,
    en: String,
}

impl Question {
    /// The answer says this, in Chinese and in English.
    fn says(&self, words: &[(&str, &str)]) {
        for (zh, en) in words {
            assert!(self.answer.zh.contains(zh), "the answer to {} does not say {zh:?}", self.id);
            assert!(self.answer.en.contains(en), "the answer to {} does not say {en:?}", self.id);
        }
    }
}

/// What the real site publishes.
struct Published {
    targets: Vec<Value>,
    policies: Vec<Value>,
    /// Source page of Wuhan's medical hub plan.
    hub_source: String,
}

impl Published {
    fn new() -> Self {
        let site = TestSite::real();
        let run = site.build();
        assert_eq!(run.code, 0, "{}", run.stderr);
        let list = |name: &str| -> Vec<Value> {
            let data: Value =
                serde_json::from_str(&site.read(&format!("public/data/{name}.json"))).expect("it is JSON");
            data[name].as_array().expect("it is a list").clone()
        };
        Published {
            targets: list("targets"),
            policies: list("policies"),
            hub_source: site.read(&format!("public/zh/policies/{MEDICAL_HUB}/source/index.html")),
        }
    }

    /// Full ids of the targets that pass.
    fn ids(&self, passes: impl Fn(&Value) -> bool) -> BTreeSet<String> {
        self.targets.iter().filter(|t| passes(t)).map(|t| text(&t["id"]).to_owned()).collect()
    }

    /// Full ids of the targets whose quote has these words.
    fn quoting(&self, words: &str) -> BTreeSet<String> {
        self.ids(|t| text(&t["quote"]).contains(words))
    }

    /// Full ids of the targets that an indicator sets side by side.
    fn measuring(&self, indicator: &str) -> BTreeSet<String> {
        self.ids(|t| t["indicator"] == indicator)
    }

    fn target(&self, policy: &str, id: &str) -> &Value {
        let full = format!("{policy}/{id}");
        self.targets.iter().find(|t| t["id"] == full).unwrap_or_else(|| panic!("there is no target {full}"))
    }

    /// What a target commits to, by when and how firmly.
    fn commitment(&self, policy: &str, id: &str) -> String {
        let target = self.target(policy, id);
        let due = target["due"].as_i64().map_or_else(|| "no year".to_owned(), |year| year.to_string());
        format!("{}, {due}, {}", amount(target), text(&target["commitment"]))
    }
}

fn text(value: &Value) -> &str {
    value.as_str().expect("it is a text")
}

/// Bound, value and unit of a target, or of the bar that each thing counted passes.
fn amount(of: &Value) -> String {
    let value = of["value"].as_str().map_or_else(|| format!("{}–{}", of["low"], of["high"]), str::to_owned);
    format!("{} {value}{}", text(&of["bound"]), text(&of["unit"]["zh"]))
}

/// Full ids of these targets of a policy.
fn of(policy: &str, targets: &[&str]) -> BTreeSet<String> {
    targets.iter().map(|target| format!("{policy}/{target}")).collect()
}

fn plain(html: &str) -> String {
    Regex::new("<[^>]*>").expect("it is a regular expression").replace_all(html, "").into_owned()
}

/// The tasks of a source page that somebody leads, each with who does.
fn led_tasks(page: &str) -> Vec<(String, Vec<String>)> {
    page.split("<div class=\"b paragraph")
        .skip(1)
        .filter_map(|block| {
            let (_, leads) = block.split_once("<dt>牵头</dt>")?;
            let (leads, _) = leads.split_once("</dd>")?;
            let (_, words) = block.split_once("<p class=\"words\"")?;
            let (words, _) = words.split_once("</p>")?;
            let words = plain(&format!("<p{words}"));
            let (task, _) = words.split_once('。')?;
            Some((task.to_owned(), plain(leads).split('、').map(str::to_owned).collect()))
        })
        .collect()
}

#[test]
fn the_data_answers_ten_questions() {
    let path = repository().join("tests/questions/questions.toml");
    let table = fs::read_to_string(path).expect("the questions are part of the repository");
    let questions = toml::from_str::<Table>(&table).expect("it is a table of questions").question;
    let ids: Vec<&str> = questions.iter().map(|q| q.id.as_str()).collect();
    assert_eq!(ids, CHECKS.map(|(id, _)| id), "each question is held against the data");
    let published = Published::new();
    for (asked, (_, check)) in questions.iter().zip(CHECKS) {
        for words in [&asked.question, &asked.answer] {
            assert!(!words.zh.is_empty() && !words.en.is_empty(), "{} stands in both languages", asked.id);
        }
        check(&published, asked);
    }
}

fn class_iii_devices(published: &Published, asked: &Question) {
    let found = published.quoting("三类医疗器械");
    assert_eq!(found, of(HANGZHOU, &["class-iii-devices", "class-iii-device-approvals"]));
    assert_eq!(published.commitment(HANGZHOU, "class-iii-devices"), "at-least 300个, 2026, firm");
    assert_eq!(published.commitment(HANGZHOU, "class-iii-device-approvals"), "reach 300项, 2026, strive");
    assert_eq!(published.target(HANGZHOU, "class-iii-device-approvals")["basis"], "increase");
    assert_eq!(published.commitment(CHANGSHA, "drug-device-certificates"), "reach 16个, 2026, firm");
    assert_eq!(published.target(CHANGSHA, "drug-device-certificates")["basis"], "increase");
    asked.says(&[
        ("只有杭州", "Only Hangzhou"),
        ("到2026年获批上市的三类医疗器械要有300个以上", "at least 300 Class III medical devices"),
        ("力争三年新获得三类医疗器械注册批件300项", "strives to newly obtain 300 registration approvals"),
        ("到2026年新增注册证16个", "16 additional certificates by 2026"),
    ]);
}

fn health_commission(published: &Published, asked: &Question) {
    let mut led = led_tasks(&published.hub_source);
    led.retain(|(_, leads)| leads.iter().any(|agency| agency == "市卫健委"));
    let tasks: Vec<&str> = led.iter().map(|(task, _)| task.as_str()).collect();
    assert_eq!(tasks, ["1.建设一流医院集群", "2.建设临床专科集群", "1.建设特色中医名城", "3.打造健康医美之都"]);
    assert_eq!(led[0].1, ["市卫健委"]);
    assert_eq!(led[3].1, ["市卫健委", "市商务局"]);
    assert!(plain(&published.hub_source).contains("市发改委、市卫健委负责统筹抓好方案组织实施"));
    asked.says(&[
        ("四项", "Four tasks"),
        ("建设一流医院集群", "a cluster of first-class hospitals"),
        ("建设临床专科集群", "a cluster of clinical specialties"),
        ("建设特色中医名城", "a city famed for distinctive Chinese medicine"),
        (
            "与市商务局一同牵头打造健康医美之都",
            "together with the Municipal Commerce Bureau, a capital of medical aesthetics",
        ),
        ("市发改委", "Municipal Development and Reform Commission"),
    ]);
}

fn listed_companies(published: &Published, asked: &Question) {
    let levels = &of(HANGZHOU, &["listed-companies"]) | &of(CHANGSHA, &["listed-companies"]);
    assert_eq!(published.measuring("listed-companies"), levels);
    assert_eq!(published.quoting("上市企业"), &levels | &of(CHANGSHA, &["new-listed-companies"]));
    assert_eq!(published.commitment(HANGZHOU, "listed-companies"), "reach 30家, 2026, strive");
    assert!(published.target(HANGZHOU, "listed-companies")["baseline"].is_null());
    assert_eq!(published.commitment(CHANGSHA, "listed-companies"), "reach 27家, 2026, firm");
    assert_eq!(published.target(CHANGSHA, "listed-companies")["baseline"], json!({ "value": "24", "year": 2022 }));
    assert_eq!(published.commitment(CHANGSHA, "new-listed-companies"), "reach 3家, 2026, firm");
    assert_eq!(published.target(CHANGSHA, "new-listed-companies")["basis"], "increase");
    asked.says(&[
        ("力争到2026年上市企业达30家", "strives for 30 by 2026"),
        ("到2026年为27家，从2022年的24家起算", "27 by 2026, from 24 in 2022"),
        ("新增3家", "three additional ones"),
    ]);
}

fn striven_for_2026(published: &Published, asked: &Question) {
    let hangzhou = of(
        HANGZHOU,
        &[
            "manufacturing-output",
            "core-and-parks-output",
            "results-in-hangzhou",
            "companies-of-10-billion",
            "companies-of-2-billion",
            "companies-of-1-billion",
            "industrial-companies",
            "listed-companies",
            "provincial-specialised-smes",
            "national-little-giants",
            "big-pis",
            "research-beds",
            "phase-i-bases",
            "clinical-trial-services",
            "drug-approvals",
            "class-iii-device-approvals",
            "green-channel-products",
        ],
    );
    let changsha = of(
        CHANGSHA,
        &[
            "international-institution",
            "class-1-drugs",
            "innovative-devices",
            "key-rd-projects-a-year",
            "high-level-platforms",
            "world-class-innovator",
            "new-type-rd-institutions",
        ],
    );
    assert_eq!(published.ids(|t| t["due"] == 2026 && t["commitment"] == "strive"), &hangzhou | &changsha);
    assert_eq!((hangzhou.len(), changsha.len()), (17, 7));
    asked.says(&[
        ("杭州有17项", "Hangzhou has 17"),
        ("长沙有7项", "Changsha has seven"),
        ("上市企业", "listed companies"),
        ("研究型病床", "research beds"),
        ("进入绿色通道的待检产品", "products awaiting tests"),
        ("省级新型研发机构", "new-type provincial R&D institutions"),
    ]);
}

fn hubei_clusters(published: &Published, asked: &Question) {
    let clusters = of(HUBEI, &["wuhan-biomedicine-cluster", "qi-mugwort-cluster"]);
    assert_eq!(published.ids(|t| t["policy"] == HUBEI && text(&t["quote"]).contains("集群")), clusters);
    assert!(published.measuring("cluster-size-class").is_superset(&clusters));
    assert_eq!(published.commitment(HUBEI, "wuhan-biomedicine-cluster"), "magnitude 1000亿元, no year, firm");
    assert_eq!(published.target(HUBEI, "wuhan-biomedicine-cluster")["place"], "wuhan");
    assert_eq!(published.commitment(HUBEI, "qi-mugwort-cluster"), "magnitude 100亿元, no year, firm");
    asked.says(&[
        ("千亿级", "RMB 100-billion class"),
        ("蕲艾特色产业集群为百亿级", "Qi mugwort cluster in the RMB 10-billion class"),
        ("都没有写年份", "neither has a year"),
    ]);
}

fn industry_size(published: &Published, asked: &Question) {
    assert_eq!(published.commitment(MEDICAL_HUB, "industry-scale"), "more-than 8000亿元, 2027, strive");
    assert_eq!(published.commitment(HANGZHOU, "health-industry-revenue"), "reach 6000亿元, 2026, firm");
    assert_eq!(published.commitment(CHANGSHA, "revenue-2026"), "reach 5000亿元, 2026, firm");
    assert_eq!(published.target(CHANGSHA, "revenue-2026")["baseline"], json!({ "value": "3986", "year": 2022 }));
    assert_eq!(published.commitment(HUBEI, "industry-revenue"), "reach 2500亿元, 2027, firm");
    assert_eq!(published.commitment(HUBEI, "industry-revenue-doubling"), "multiple 2倍, 2027, firm");
    let compared = published.measuring("health-industry-revenue");
    assert!(compared.is_superset(&(&of(HANGZHOU, &["health-industry-revenue"]) | &of(CHANGSHA, &["revenue-2026"]))));
    assert!(published.target(MEDICAL_HUB, "industry-scale")["indicator"].is_null(), "scale is not said to be revenue");
    asked.says(&[
        (
            "武汉到2027年力争生命健康产业规模突破8000亿元",
            "Wuhan strives for its life and health industry to exceed RMB 800 billion",
        ),
        ("到2026年生物医药与健康产业总营收达6000亿元", "to reach RMB 600 billion"),
        ("从2022年的3986亿元到2026年达到5000亿元", "from RMB 398.6 billion in 2022 to RMB 500 billion by 2026"),
        ("实现倍增，达到2500亿元", "to double, reaching RMB 250 billion"),
    ]);
}

fn class_1_drugs(published: &Published, asked: &Question) {
    let both = &of(HANGZHOU, &["class-1-drugs"]) | &of(CHANGSHA, &["class-1-drugs"]);
    assert_eq!(published.measuring("class-1-drug-approvals"), both);
    let speaking = published.quoting("类新药");
    assert!(speaking.iter().all(|id| id.starts_with(HANGZHOU) || id.starts_with(CHANGSHA)), "{speaking:?}");
    assert_eq!(published.commitment(HANGZHOU, "class-1-drugs"), "at-least 5个, 2026, firm");
    assert_eq!(published.commitment(CHANGSHA, "class-1-drugs"), "reach 8个, 2026, strive");
    asked.says(&[
        ("杭州到2026年获批上市1类新药5个以上", "at least five approved for the market by 2026"),
        ("长沙力争到2026年获批一类新药8个", "strives for the approval of eight by 2026"),
        ("湖北和武汉的文件没有", "The policies of Hubei and Wuhan set no such figure"),
    ]);
}

fn ten_billion_companies(published: &Published, asked: &Question) {
    let hubei = of(HUBEI, &["companies-over-10-billion"]);
    let hangzhou = of(HANGZHOU, &["companies-of-10-billion"]);
    let changsha = of(CHANGSHA, &["ten-billion-leaders", "table-ten-billion-leaders"]);
    assert_eq!(published.measuring("ten-billion-companies"), &(&hubei | &hangzhou) | &changsha);
    let bar = |policy: &str, id: &str| amount(&published.target(policy, id)["each"]);
    assert_eq!(published.commitment(HUBEI, "companies-over-10-billion"), "range 3–5家, 2027, firm");
    assert_eq!(bar(HUBEI, "companies-over-10-billion"), "more-than 100亿元");
    assert_eq!(published.commitment(HANGZHOU, "companies-of-10-billion"), "reach 3家, 2026, strive");
    assert_eq!(bar(HANGZHOU, "companies-of-10-billion"), "at-least 100亿元");
    assert_eq!(published.commitment(CHANGSHA, "ten-billion-leaders"), "reach 6家, 2026, firm");
    assert_eq!(bar(CHANGSHA, "ten-billion-leaders"), "magnitude 100亿元");
    let leaders = published.target(CHANGSHA, "ten-billion-leaders");
    assert_eq!(leaders["baseline"], json!({ "value": "2", "year": 2022 }));
    asked.says(&[
        ("湖北到2027年要有营业收入超100亿元的企业3至5家", "three to five with revenue above RMB 10 billion"),
        ("杭州力争到2026年有100亿元以上企业3家", "Hangzhou strives for three companies of RMB 10 billion or more"),
        ("百亿级龙头企业6家，2022年为2家", "six leading companies in the RMB 10-billion class, from two in 2022"),
    ]);
}

fn after_2027(published: &Published, asked: &Question) {
    let later = published.ids(|t| t["due"].as_i64().is_some_and(|year| year > 2027));
    assert_eq!(later, of(CHANGSHA, &["revenue-2030", "trillion-2030"]));
    assert_eq!(published.commitment(CHANGSHA, "revenue-2030"), "at-least 8000亿元, 2030, firm");
    assert_eq!(published.commitment(CHANGSHA, "trillion-2030"), "reach 10000亿元, 2030, strive");
    assert_eq!(published.policies.len(), 5);
    let expiring: Vec<&Value> = published.policies.iter().filter(|p| !p["expires"].is_null()).collect();
    assert_eq!(expiring.len(), 1);
    assert_eq!(expiring[0]["id"], CHANGSHA);
    assert_eq!(expiring[0]["expires"], "2026-12-31");
    assert_eq!(expiring[0]["period"], json!([2023, 2026]));
    asked.says(&[
        ("大健康产业营收达8000亿元以上", "at least RMB 800 billion"),
        ("力争实现万亿规模", "a scale of RMB 1 trillion that it strives for"),
        ("有效期到2026年为止", "only until the end of 2026"),
    ]);
}

fn foreign_rd_centres(published: &Published, asked: &Question) {
    let found = published.quoting("外资研发中心");
    assert_eq!(found, of(RD_CENTRE, &["foreign-invested-centres", "inbound-platforms"]));
    assert_eq!(published.commitment(RD_CENTRE, "foreign-invested-centres"), "reach 30个, 2027, firm");
    assert_eq!(published.commitment(RD_CENTRE, "inbound-platforms"), "more-than 50家, 2027, firm");
    asked.says(&[("到2027年达到30个", "By 2027 there are to be 30"), ("到2027年要超过50家", "more than 50 by 2027")]);
}
