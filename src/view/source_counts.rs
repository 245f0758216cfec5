//! Where ×3 stands beside a point that several sources tell, ≠×3 where they disagree.

use super::{chart::Dot, figure_frame::Bounds};

/// Half the height of its line.
const HALF_PX: f32 = 7.0;

/// A place for the count of each dot that has one (`widths`), above `floor`, the line with the words of the time axis:
/// beside the line that leads on where it bends away, at the last dot below the mark, for its label stands at the right.
pub fn source_counts(dots: &[Option<Dot>], widths: &[Option<f32>], floor: f32) -> Vec<Option<Bounds>> {
    let seen = |idx: usize| dots.get(idx).copied().flatten();
    let place = |(idx, width): (usize, &Option<f32>)| {
        let (width, dot) = ((*width)?, seen(idx)?);
        let [x, y] = dot.at;
        let at = |left: f32, middle: f32| Bounds {
            left,
            top: middle - HALF_PX,
            right: left + width,
            bottom: middle + HALF_PX,
        };
        let is_free = |at: &Bounds| at.bottom <= floor && !dot.bar.is_some_and(|bar| is_on_bar(*at, x, bar));
        let (above, below) = (at(x + 7.0, y - 8.0), at(x + 7.0, y + 8.0));
        let at_end = [at(x + 9.0 - width, y + 13.0), at(x - 9.0 - width, y), at(x - 9.0 - width, y - 10.0)];
        let places = match (idx + 1..dots.len()).find_map(seen) {
            Some(next) if next.at[1] > y => [above, below, at_end[2]],
            Some(_) => [below, above, at_end[2]],
            // Where a line comes in from the left, the place on it is the last.
            None if (0..idx).any(|before| seen(before).is_some()) => [at_end[0], at_end[2], at_end[1]],
            None => at_end,
        };
        Some(places.into_iter().find(is_free).unwrap_or(places[2]))
    };
    widths.iter().enumerate().map(place).collect()
}

/// Whether it covers the bar or arrow that stands on the line at `x`.
fn is_on_bar(at: Bounds, x: f32, [top, bottom]: [f32; 2]) -> bool {
    at.left < x + 3.0 && at.right > x - 3.0 && at.top < bottom && at.bottom > top
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dot(x: f32, y: f32, bar: Option<[f32; 2]>) -> Option<Dot> {
        Some(Dot { at: [x, y], whisker: None, bar })
    }

    #[test]
    fn a_count_stays_off_the_axis_and_off_the_bar() {
        let place = |dots: &[Option<Dot>]| source_counts(dots, &vec![Some(24.0); dots.len()], 200.0);
        // In the middle of the plot: below the mark, left of where the label begins.
        let below = place(&[dot(100.0, 100.0, None)])[0].unwrap();
        assert!(below.top > 104.0 && below.right < 115.0);
        // On the axis there is no room below it.
        let beside = place(&[dot(100.0, 196.0, Some([60.0, 196.0]))])[0].unwrap();
        assert!(beside.bottom <= 203.0 && beside.right < 97.0);
        // A bar that goes down from the last of several.
        let last = place(&[dot(20.0, 100.0, None), dot(100.0, 100.0, Some([100.0, 150.0]))])[1].unwrap();
        assert!(last.right < 97.0 && last.bottom < 100.0);
    }
}
