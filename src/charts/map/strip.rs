//! A sweep of one knob: the share over its values, with intervals.

use super::Map;
use super::layout::Layout;
use crate::charts::marks::Mark;
use crate::charts::page::Page;
use crate::charts::panel::Panel as Axes;
use crate::charts::scale::{Scale, percent};
use crate::charts::style::{AXIS, GREY, INK};

/// Height of a plot.
const HIGH: f64 = 240.0;

/// The page; each value of the knob has a column of its own.
pub(super) fn page(texts: [&str; 3], map: &Map) -> Page {
    let layout = Layout::of(map, Some(HIGH));
    let mut page = Page::new(texts[0], texts[1], texts[2], layout.height() + 8.0);
    let start = page.top + 8.0;
    for (number, panel) in map.panels.iter().enumerate() {
        let (left, top) = layout.corner(number, start);
        let (right, bottom) = (left + layout.wide * map.columns() as f64, top + HIGH);
        let y = Scale::linear(0.0, 1.0, bottom, top);
        let axes = Axes { x: Scale::linear(0.0, 1.0, left, right), y, left, right, top, bottom };
        let mut levels = y.ticks(4.0, percent);
        // Panels to the right of another share its axis.
        if left > layout.corner(0, start).0 + 1.0 {
            levels.iter_mut().for_each(|tick| tick.text.clear());
        }
        axes.axes(&mut page, &[], &levels);
        page.add(Mark::line(vec![(left, y.at(0.5)), (right, y.at(0.5))], AXIS, 1.5));
        layout.frame(&mut page, map, number, start);
        for (column, place) in panel.places.iter().enumerate() {
            let x = left + layout.wide * (column as f64 + 0.5);
            let Some(share) = place.and_then(|place| map.spots[place].viable) else {
                let at = f64::midpoint(top, bottom);
                page.add(Mark::line(vec![(x - 4.0, at), (x + 4.0, at)], AXIS, 1.0));
                continue;
            };
            let is_open = !share.excludes(0.5);
            let colour = if is_open { GREY } else { INK };
            if let Some((low, high)) = share.interval {
                page.add(Mark::line(vec![(x, y.at(low)), (x, y.at(high))], colour, 2.0));
            }
            page.add(Mark::Dot { at: (x, y.at(share.value)), radius: 4.0, colour });
        }
    }
    page
}
