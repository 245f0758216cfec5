//! The page of a PDF that a text came from: where on it which words stand. Worked out anew from the file whenever a
//! page is looked at, never kept and never in the JSON.

use crate::span::Span;

/// A rectangle on a page, in points (1/72 inch) from its upper left corner, y downwards.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

impl Area {
    /// The smallest one that holds both.
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether it has no extent.
    pub fn is_empty(self) -> bool {
        self.right <= self.left || self.bottom <= self.top
    }

    /// Whether the point lies inside.
    pub fn covers(self, x: f32, y: f32) -> bool {
        (self.left..self.right).contains(&x) && (self.top..self.bottom).contains(&y)
    }

    /// Whether `next` goes on where this ends: to the right on the same line, or below in the same column of type
    /// that runs from top to bottom.
    fn goes_on_in(self, next: Self) -> bool {
        let shared = |a: (f32, f32), b: (f32, f32)| a.1.min(b.1) - a.0.max(b.0);
        let (height, width) = (self.bottom - self.top, self.right - self.left);
        let (other_height, other_width) = (next.bottom - next.top, next.right - next.left);
        let is_beside = shared((self.top, self.bottom), (next.top, next.bottom)) > 0.5 * height.min(other_height)
            && next.left >= self.left
            && next.left - self.right < height.max(other_height);
        let is_below = shared((self.left, self.right), (next.left, next.right)) > 0.8 * width.min(other_width)
            && next.top >= self.top
            && next.top - self.bottom < 0.3 * other_height
            && width < 1.5 * other_width
            && height > 1.5 * width;
        is_beside || is_below
    }
}

/// A character of the text and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageChar {
    /// In the document's text, as bytes.
    pub span: Span,
    /// On the page.
    pub area: Area,
}

/// A page: its size, and where the characters of the text stand on it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PageSheet {
    /// Which page, from 0.
    pub page: usize,
    /// How many the file has.
    pub n_pages: usize,
    /// Width and height in points.
    pub size_pt: [f32; 2],
    /// Its characters, in the order of the text; what the text leaves out (page numbers, running heads) is not among
    /// them.
    pub chars: Vec<PageChar>,
}

impl PageSheet {
    /// The areas that the words at `span` cover: one for each line.
    ///
    /// ```
    /// use nianbiao::{model::{Area, PageChar, PageSheet}, span::Span};
    /// let at = |start: usize, left: f32, top: f32| PageChar {
    ///     span: Span::new(start, start + 3),
    ///     area: Area { left, top, right: left + 10.0, bottom: top + 10.0 },
    /// };
    /// let chars = vec![at(0, 0.0, 0.0), at(3, 10.0, 0.0), at(6, 0.0, 15.0)];
    /// let sheet = PageSheet { chars, ..PageSheet::default() };
    /// let areas = sheet.areas(Span::new(3, 9));
    /// assert_eq!(areas.len(), 2);
    /// assert_eq!((areas[0].left, areas[1].top), (10.0, 15.0));
    /// ```
    pub fn areas(&self, span: Span) -> Vec<Area> {
        let first = self.chars.partition_point(|char| char.span.end <= span.start);
        let mut areas: Vec<Area> = Vec::new();
        for char in self.chars.iter().skip(first).take_while(|char| char.span.start < span.end) {
            match areas.last_mut() {
                Some(last) if last.goes_on_in(char.area) => *last = last.union(char.area),
                _ => areas.push(char.area),
            }
        }
        areas
    }
}

/// The pixels of a page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PagePixels {
    /// Width and height in pixels.
    pub size: [usize; 2],
    /// Red, green, blue and alpha of each pixel, row by row; the ground is white and nothing shines through.
    pub rgba: Vec<u8>,
}
