use super::Change;
pub(crate) const PROBES: &[Change] = &[
    |s| {
        _ = s.promise(
            "到2028年，港口综合产值突破1000亿元大关。",
            "bound=more-than; value=1000; unit=亿元; due=2028",
            "By 2028, the port’s output is to pass RMB 100 billion.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，航运业增加值年均增速保持在10%以上。",
            "bound=at-least; value=10; unit=%; basis=growth; due=2028",
            "By 2028, the value added of shipping is to grow by at least 10% a year on average.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，集装箱吞吐量力争达到300万标箱左右。",
            "bound=about; value=300; unit=万标箱:10,000 TEU; commitment=strive; due=2028",
            "By 2028, strive for container throughput of about 3 million TEU.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，培育专精特新企业50家、上市企业3家以上。",
            "bound=at-least; value=3; unit=家:companies; due=2028",
            "By 2028, foster 50 specialised companies and at least three listed ones.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，力争实现营业收入翻一番。",
            "bound=multiple; value=2; unit=倍; commitment=strive; due=2028",
            "By 2028, strive to double revenue.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，单位能耗下降15%。",
            "bound=reach; value=15; unit=%; due=2028",
            "By 2028, energy use per unit of output is to fall by 15%.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，港口岸电使用率超过九成。",
            "bound=more-than; value=90; unit=%; due=2028",
            "By 2028, more than 90% of ships are to use shore power.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，建成100公里以上的绿道。",
            "bound=at-least; value=100; unit=公里; due=2028",
            "By 2028, build at least 100 kilometres of greenway.",
        )
    },
    |s| {
        _ = s.promise(
            "对新建码头给予最高500万元补助。",
            "bound=at-most; value=500; unit=万元",
            "New wharves get subsidies of up to RMB 5 million.",
        )
    },
    |s| {
        _ = s.promise(
            "对符合条件的企业按投资额的20%给予补助，最高不超过1000万元。",
            "bound=at-most; value=1000; unit=万元",
            "Companies that qualify get 20% of their investment as a subsidy, up to RMB 10 million.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，5G基站达到2000个，覆盖率达到100%。",
            "bound=reach; value=2000; unit=个:base stations; due=2028",
            "By 2028, there are to be 2,000 5G base stations and 100% coverage.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，引进国家级人才10名以上，培养高级船员500名左右。",
            "bound=about; value=500; unit=名; due=2028",
            "By 2028, bring in at least ten people of national rank and train about 500 senior crew.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，万元产值能耗降至0.2吨标准煤以下。",
            "bound=at-most; value=0.2; unit=吨标准煤:tonnes of standard coal; due=2028",
            "By 2028, energy use is to fall to no more than 0.2 tonnes of standard coal.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，打造3至5个示范港区。",
            "bound=range; low=3; high=5; unit=个:port areas; due=2028",
            "By 2028, build three to five model port areas.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，港口货物周转量占全省三分之一以上。",
            "bound=at-least; value=1/3; unit=; basis=share; due=2028",
            "By 2028, the port is to account for at least a third of the province’s cargo turnover.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，港口货物周转量居全省第2位。",
            "bound=rank; value=2; unit=位; due=2028",
            "By 2028, the port is to rank second in the province for cargo turnover.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，港口货物周转量稳居全省前三。",
            "bound=rank; value=3; unit=位; due=2028",
            "By 2028, the port is to be firmly in the province’s top three for cargo turnover.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，船员平均年龄不超过45岁。",
            "bound=at-most; value=45; unit=岁:years; due=2028",
            "By 2028, the average age of crew is to be no more than 45.",
        )
    },
    |s| {
        _ = s.promise(
            "每年组织2次以上应急演练。",
            "bound=at-least; value=2; unit=次:drills; basis=annual",
            "At least two emergency drills are to be held each year.",
        )
    },
    |s| {
        _ = s.promise(
            "建成后年吞吐能力新增500万吨。",
            "bound=reach; value=500; unit=万吨; basis=increase",
            "Once built, they are to add 5 million tonnes of capacity a year.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，设立总规模100亿元的航运发展基金。",
            "bound=reach; value=100; unit=亿元; due=2028",
            "By 2028, set up a shipping development fund of RMB 10 billion in all.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，实现1小时内响应。",
            "bound=at-most; value=1; unit=小时; due=2028",
            "By 2028, respond within an hour.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，全市拥有船舶1500余艘。",
            "bound=more-than; value=1500; unit=艘:boats; due=2028",
            "By 2028, the city is to have more than 1,500 boats.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，新增备案企业数量较2023年增长1倍。",
            "bound=multiple; value=2; unit=倍; due=2028",
            "By 2028, the number of newly registered companies is to double from 2023.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年底前，完成30%的改造任务。",
            "bound=reach; value=30; unit=%; due=2028",
            "By the end of 2028, 30% of the refitting is to be done.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，A级以上景区达到10家。",
            "bound=reach; value=10; unit=家:scenic areas; due=2028",
            "By 2028, there are to be 10 scenic areas rated A or above.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，培育亿元以上企业20家。",
            "bound=reach; value=20; unit=家:companies; each=at-least 1 亿元; due=2028",
            "By 2028, foster 20 companies of RMB 100 million or more each.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，建成一个国家级航运中心。",
            "bound=reach; value=1; unit=个:centre; due=2028",
            "By 2028, a national shipping centre is to be built.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，建设航运中心1个，分中心2个。",
            "bound=reach; value=2; unit=个:branches; due=2028",
            "By 2028, a shipping centre and two branches are to be built.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，关键设备国产化率提升至80%，较2023年提高10个百分点。",
            "bound=reach; value=80; unit=%; due=2028",
            "By 2028, 80% of key equipment is to be made in China, 10 percentage points more than in 2023.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，有望建成锚地8处。",
            "bound=reach; value=8; unit=处:anchorages; commitment=expected; due=2028",
            "By 2028, eight anchorages are expected to have been built.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，船舶平均待闸时间缩短至24小时以内。",
            "bound=at-most; value=24; unit=小时; due=2028",
            "By 2028, boats are to wait no more than 24 hours at locks.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，形成“1+3+N”港口体系，建成泊位300个。",
            "bound=reach; value=300; unit=个:berths; due=2028",
            "By 2028, a “1+3+N” system of ports and 300 berths are to be built.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，在长江中游率先建成2个零碳码头。",
            "bound=reach; value=2; unit=个:wharves; due=2028",
            "By 2028, be the first on the middle Yangtze to build two zero-carbon wharves.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，吸引社会资本不低于30亿元，其中外资1亿美元。",
            "bound=at-least; value=30; unit=亿元; due=2028",
            "By 2028, attract no less than RMB 3 billion of private capital, of which USD 100 million from abroad.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，带动就业10万人。",
            "bound=reach; value=10; unit=万人; due=2028",
            "By 2028, jobs for 100,000 people are to be created.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，港口面积达到2.5平方公里（3750亩）。",
            "bound=reach; value=2.5; unit=平方公里; due=2028",
            "By 2028, the port is to cover 2.5 square kilometres (3,750 mu).",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，新改建标准厂房20万平方米。",
            "bound=reach; value=20; unit=万平方米; basis=increase; due=2028",
            "By 2028, 200,000 square metres of standard plant are to be built or rebuilt.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，每10万人口拥有泊位1.5个。",
            "bound=reach; value=1.5; unit=个:berths; per=每10万人口:per 100,000 residents; due=2028",
            "By 2028, there are to be 1.5 berths per 100,000 residents.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，十大重点项目全部完工。",
            "bound=reach; value=10; unit=个:projects; due=2028",
            "By 2028, all ten key projects are to be finished.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，港口生产总值1.2亿至1.5亿元。",
            "bound=range; low=1.2; high=1.5; unit=亿元; due=2028",
            "By 2028, the port’s product is to be RMB 120–150 million.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，完成投资超百亿元。",
            "bound=more-than; value=100; unit=亿元; due=2028",
            "By 2028, more than RMB 10 billion is to be invested.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，实现港口企业数量、产值、税收“三个翻番”。",
            "bound=multiple; value=2; unit=倍; due=2028",
            "By 2028, companies, output and tax revenue are each to double.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，日均货物吞吐量达到30万吨。",
            "bound=reach; value=30; unit=万吨; due=2028",
            "By 2028, cargo is to reach 300,000 tonnes a day on average.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，举办3—4场次活动，参与人数5000人次。",
            "bound=reach; value=5000; unit=人次; due=2028",
            "By 2028, hold three or four events with 5,000 visits.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，重点企业研发投入占比超过6%。",
            "bound=more-than; value=6; unit=%; basis=share; due=2028",
            "By 2028, key companies are to spend more than 6% on research.",
        )
    },
    |s| {
        _ = s.promise(
            "到2028年，实现两位数增长，增速达12%。",
            "bound=reach; value=12; unit=%; basis=growth; due=2028",
            "By 2028, growth is to be in double digits and reach 12%.",
        )
    },
];
