//! Where the words of a chart stand: what lies over others or leaves the page.

/// A text with the box of its capitals.
pub(super) struct Text {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) words: String,
}

fn attribute(tag: &str, name: &str) -> String {
    let from = tag.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
    tag[from..].split('"').next().unwrap().to_owned()
}

/// Boxes of all texts: widths as resvg lays them out with the font of the charts, heights of their capitals.
pub(super) fn texts(svg: &str) -> Vec<Text> {
    let mut options = resvg::usvg::Options::default();
    for font in FONTS {
        options.fontdb_mut().load_font_data(font.to_vec());
    }
    options.fontdb_mut().set_sans_serif_family("Inter");
    let tree = resvg::usvg::Tree::from_str(svg, &options).unwrap();
    let mut boxes = Vec::new();
    text_boxes(tree.root(), &mut boxes);
    let mut boxes = boxes.into_iter();
    let mut found = Vec::new();
    for part in svg.split("<text").skip(1) {
        let (tag, rest) = part.split_once('>').unwrap();
        let words = rest.split("</text>").next().unwrap().trim();
        let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        let number = |name: &str| attribute(tag, name).parse::<f64>().unwrap();
        let (y, size) = (number("y"), number("font-size"));
        let (left, right) = boxes.next().unwrap();
        found.push(Text { left, right, top: y, bottom: y + 0.76 * size, words });
    }
    assert!(boxes.next().is_none());
    found
}

fn text_boxes(group: &resvg::usvg::Group, found: &mut Vec<(f64, f64)>) {
    for node in group.children() {
        match node {
            resvg::usvg::Node::Text(text) => {
                let laid = text.abs_bounding_box();
                found.push((f64::from(laid.left()), f64::from(laid.right())));
            }
            resvg::usvg::Node::Group(group) => text_boxes(group, found),
            _ => {}
        }
    }
}

const FONTS: [&[u8]; 2] = [
    include_bytes!("../../../src/charts/fonts/Inter-Regular.otf"),
    include_bytes!("../../../src/charts/fonts/Inter-SemiBold.otf"),
];

pub(super) fn overlaps(svg: &str) -> Vec<String> {
    let texts = texts(svg);
    let mut found = Vec::new();
    for (place, a) in texts.iter().enumerate() {
        for b in &texts[place + 1..] {
            let apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            if !apart && !a.words.is_empty() && !b.words.is_empty() {
                found.push(format!("{:?} over {:?}", a.words, b.words));
            }
        }
    }
    found
}

pub(super) fn cut_off(svg: &str) -> Vec<String> {
    let size = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
    let (wide, high) = size.split_once(' ').unwrap();
    let (wide, high): (f64, f64) = (wide.parse().unwrap(), high.parse().unwrap());
    let outside = |text: &Text| text.left < 0.0 || text.right > wide || text.top < 0.0 || text.bottom > high;
    texts(svg).into_iter().filter(outside).map(|text| text.words).collect()
}
