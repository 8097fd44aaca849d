//! The words that policies are made of, in both languages.

/// A word in Chinese and in English.
pub(crate) type Pair = (&'static str, &'static str);

pub(crate) const TOPICS: [(&str, &str, &str); 40] = [
    ("biomedicine", "生物医药", "Biomedicine"),
    ("innovative-drugs", "创新药", "Innovative drugs"),
    ("medical-devices", "医疗器械", "Medical devices"),
    ("cell-gene-therapy", "细胞与基因治疗", "Cell and gene therapy"),
    ("chinese-medicine", "中医药", "Chinese medicine"),
    ("clinical-trials", "临床试验", "Clinical trials"),
    ("contract-research", "合同研发", "Contract research"),
    ("brain-science", "脑科学", "Brain science"),
    ("digital-health", "数字健康", "Digital health"),
    ("elderly-care", "康养服务", "Elderly care"),
    ("health-insurance", "健康保险", "Health insurance"),
    ("public-hospitals", "公立医院", "Public hospitals"),
    ("research-centres", "研发中心", "Research centres"),
    ("foreign-investment", "外资引进", "Foreign investment"),
    ("talent", "人才引育", "Talent"),
    ("land-use", "用地保障", "Land use"),
    ("fiscal-support", "财政支持", "Fiscal support"),
    ("venture-capital", "创业投资", "Venture capital"),
    ("science-parks", "科技园区", "Science parks"),
    ("supply-chain", "供应链", "Supply chain"),
    ("exports", "出口贸易", "Exports"),
    ("drug-review", "审评审批", "Drug review"),
    ("procurement", "集中采购", "Procurement"),
    ("data-governance", "数据治理", "Data governance"),
    ("artificial-intelligence", "人工智能", "Artificial intelligence"),
    ("advanced-manufacturing", "先进制造", "Advanced manufacturing"),
    ("green-transition", "绿色转型", "Green transition"),
    ("technical-standards", "标准体系", "Technical standards"),
    ("patents", "知识产权", "Intellectual property"),
    ("open-science", "开放科学", "Open science"),
    ("laboratories", "实验室体系", "Laboratories"),
    ("incubators", "孵化载体", "Incubators"),
    ("technology-transfer", "成果转让", "Technology transfer"),
    ("small-business", "小微企业", "Small business"),
    ("chain-leaders", "链主企业", "Lead companies of chains"),
    ("cold-chain", "冷链物流", "Cold chain"),
    ("health-tourism", "健康旅游", "Health tourism"),
    ("sports", "体育健身", "Sports"),
    ("nutrition", "营养食品", "Nutrition"),
    ("emergency", "应急保障", "Emergency supplies"),
];

/// Syllables of the cities' names.
pub(crate) const SYLLABLES: [Pair; 30] = [
    ("江", "jiang"),
    ("海", "hai"),
    ("宁", "ning"),
    ("安", "an"),
    ("洲", "zhou"),
    ("阳", "yang"),
    ("山", "shan"),
    ("城", "cheng"),
    ("川", "chuan"),
    ("泉", "quan"),
    ("平", "ping"),
    ("原", "yuan"),
    ("林", "lin"),
    ("水", "shui"),
    ("武", "wu"),
    ("杭", "hang"),
    ("长", "chang"),
    ("沙", "sha"),
    ("苏", "su"),
    ("南", "nan"),
    ("景", "jing"),
    ("禾", "he"),
    ("广", "guang"),
    ("深", "shen"),
    ("桐", "tong"),
    ("溪", "xi"),
    ("柏", "bo"),
    ("钟", "zhong"),
    ("青", "qing"),
    ("岚", "lan"),
];

/// What targets measure: words, the unit (a known one is its own name), the least value, the most, and what it is a multiple of.
pub(crate) struct Metric {
    pub(crate) id: &'static str,
    pub(crate) words: Pair,
    pub(crate) unit: Pair,
    pub(crate) range: (usize, usize, usize),
}

const fn metric(id: &'static str, words: Pair, unit: Pair, range: (usize, usize, usize)) -> Metric {
    Metric { id, words, unit, range }
}

/// Unit of amounts of money.
pub(crate) const MONEY: &str = "亿元";

pub(crate) const METRICS: [Metric; 16] = [
    metric("m-output", ("产业总产值", "output of the industry"), (MONEY, ""), (200, 9000, 10)),
    metric("m-leading", ("骨干企业数", "number of key companies"), ("家", "companies"), (11, 60, 1)),
    metric("m-high-tech", ("高新技术企业数", "number of high-tech companies"), ("家", "companies"), (100, 990, 1)),
    metric("m-drugs", ("获批新药数", "number of new drugs approved"), ("个", "drugs"), (11, 40, 1)),
    metric("m-registrations", ("器械注册证数", "number of device registrations"), ("张", "certificates"), (20, 400, 1)),
    metric("m-centres", ("跨国公司中心数", "number of multinationals’ centres"), ("家", "centres"), (12, 50, 1)),
    metric("m-platforms", ("省级平台数", "number of provincial platforms"), ("个", "platforms"), (12, 30, 1)),
    metric("m-beds", ("研究型床位数", "number of research beds"), ("张", "beds"), (100, 990, 1)),
    metric("m-fund", ("产业基金规模", "size of the industry fund"), (MONEY, ""), (20, 900, 10)),
    metric("m-talent", ("高层次人才数", "number of high-level specialists"), ("人", "people"), (50, 990, 1)),
    metric("m-hospitals", ("三级医院数", "number of tertiary hospitals"), ("家", "hospitals"), (11, 80, 1)),
    metric("m-contracts", ("技术合同成交额", "value of technology contracts"), (MONEY, ""), (50, 900, 10)),
    metric("m-exports", ("医药出口额", "value of pharmaceutical exports"), (MONEY, ""), (10, 700, 10)),
    metric("m-patents", ("有效专利数", "number of valid patents"), ("件", "patents"), (200, 990, 1)),
    metric("m-labs", ("联合实验室数", "number of joint laboratories"), ("个", "laboratories"), (15, 90, 1)),
    metric("m-stations", ("服务站点数", "number of service stations"), ("个", "stations"), (20, 300, 1)),
];

pub(crate) const SECTIONS: [Pair; 8] = [
    ("总体要求", "General requirements"),
    ("发展目标", "Goals"),
    ("提升创新能力", "Innovation"),
    ("壮大产业集群", "Clusters"),
    ("优化空间布局", "Places"),
    ("强化要素保障", "Resources"),
    ("扩大开放合作", "Opening up"),
    ("加强组织实施", "Organisation"),
];

pub(crate) const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];

pub(crate) const HOW: [Pair; 5] =
    [("支持", "support"), ("鼓励", "encourage"), ("推动", "push"), ("引导", "guide"), ("组织", "organise")];

pub(crate) const WHO: [Pair; 8] = [
    ("重点企业", "key companies"),
    ("高等院校", "universities"),
    ("科研院所", "research institutes"),
    ("医疗机构", "medical institutions"),
    ("产业园区", "industrial parks"),
    ("专业团队", "specialist teams"),
    ("行业协会", "trade associations"),
    ("金融机构", "financial institutions"),
];

pub(crate) const WHAT: [Pair; 12] = [
    ("建设公共技术平台", "to build shared technical platforms"),
    ("开展关键技术攻关", "to work on key technologies"),
    ("完善配套服务体系", "to complete supporting services"),
    ("引进紧缺专业人才", "to bring in specialists who are lacking"),
    ("参与行业标准制定", "to take part in setting standards"),
    ("拓展海外合作渠道", "to widen cooperation abroad"),
    ("共享科研仪器设备", "to share research equipment"),
    ("改进质量管理流程", "to improve quality management"),
    ("培育示范应用场景", "to foster model applications"),
    ("盘活存量厂房用地", "to make use of idle plant and land"),
    ("健全信息公开机制", "to publish information regularly"),
    ("探索灵活用工方式", "to explore flexible employment"),
];

pub(crate) const WHY: [Pair; 12] = [
    ("加快成果落地见效", "so that results take effect sooner"),
    ("促进上下游衔接配套", "so that suppliers and buyers fit together"),
    ("降低企业综合成本", "so that companies’ costs fall"),
    ("提高资金使用效益", "so that money is well used"),
    ("形成稳定合作关系", "so that cooperation lasts"),
    ("增强持续发展动力", "so that growth is lasting"),
    ("满足群众多样需求", "so that people’s varied needs are met"),
    ("带动周边地区发展", "so that nearby areas gain"),
    ("提升专业服务水平", "so that services become better"),
    ("防范各类安全风险", "so that risks are kept away"),
    ("缩短项目办理时限", "so that projects are handled faster"),
    ("扩大优质产品供给", "so that there are more good products"),
];

/// Terms of the glossary.
pub(crate) const TERMS: [(&str, &str, &str); 12] = [
    ("open-bidding", "揭榜挂帅", "open bidding for named problems"),
    ("green-channel", "绿色通道", "fast track"),
    ("one-stop", "一站式服务", "one-stop service"),
    ("sandbox", "沙盒监管", "regulatory sandbox"),
    ("credit-file", "信用档案", "credit file"),
    ("guidance-fund", "引导基金", "guidance fund"),
    ("white-list", "白名单制度", "white-list system"),
    ("proof-of-concept", "概念验证", "proof of concept"),
    ("pilot-plant", "中试基地", "pilot plant"),
    ("test-permit", "包容审慎监管", "tolerant and prudent regulation"),
    ("chain-chief", "链长制", "chain-chief system"),
    ("shared-lab", "共享实验平台", "shared laboratory platform"),
];
