//! Draws egui's triangles with the CPU: no window, no GPU, the same pixels on every machine.
//!
//! What a graphics card would do with the output of `Context::tessellate`, done the same way: colours are
//! interpolated and blended in gamma space with premultiplied alpha, clip rectangles are rounded to whole
//! pixels, a pixel belongs to the triangle that holds its centre (edges follow the top-left rule, so two
//! triangles that share an edge never blend a pixel twice).
//!
//! Coverage is decided with integers (positions rounded to 1/256 pixel), colours with `f32` in a fixed order
//! per pixel; rows are shared out over the cores, and no pixel depends on another. So the result does not
//! depend on the build or on the number of cores.
//!
//! It does not: run paint callbacks (nothing of ours uses them), use mipmaps, dither.

use super::Pixels;
use egui::{
    ClippedPrimitive, Color32, ImageData, Rect, TextureFilter, TextureId, TextureWrapMode, TexturesDelta,
    epaint::{ImageDelta, Primitive, Vertex},
};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Rows that one task draws.
const STRIP_ROWS: usize = 32;
/// Sub-pixel steps.
const SUB: i64 = 256;
/// Vertices further out than this many pixels are pulled in, so that products fit in 64 bits.
const FAR_PX: f32 = 1_000_000.0;

#[derive(Debug, Clone)]
struct Texture {
    width: usize,
    height: usize,
    texels: Vec<[u8; 4]>,
    filter: TextureFilter,
    wrap: TextureWrapMode,
}

/// The textures that egui has sent: its glyph atlas and images.
#[derive(Debug, Clone, Default)]
pub struct Textures {
    by_id: BTreeMap<TextureKey, Texture>,
}

/// [`TextureId`] with an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TextureKey {
    Managed(u64),
    User(u64),
}

impl From<TextureId> for TextureKey {
    fn from(id: TextureId) -> Self {
        match id {
            TextureId::Managed(number) => Self::Managed(number),
            TextureId::User(number) => Self::User(number),
        }
    }
}

impl Textures {
    /// Takes over what is new or changed, and empties `delta`. What egui frees is kept until [`Textures::free`],
    /// because the frame that frees it may still show it.
    pub fn apply(&mut self, delta: &mut TexturesDelta) {
        // Deltas of one texture keep their order; between textures order does not matter.
        for (id, deltas) in delta.set.drain() {
            for delta in deltas {
                self.set(id.into(), &delta);
            }
        }
        delta.clear();
    }

    /// Forgets a texture.
    pub fn free(&mut self, id: TextureId) {
        self.by_id.remove(&id.into());
    }

    fn set(&mut self, key: TextureKey, delta: &ImageDelta) {
        let ImageData::Color(image) = &delta.image;
        let [width, height] = image.size;
        let texels = image.pixels.iter().map(Color32::to_array);
        match delta.pos {
            None => {
                let texture = Texture {
                    width,
                    height,
                    texels: texels.collect(),
                    filter: delta.options.magnification,
                    wrap: delta.options.wrap_mode,
                };
                self.by_id.insert(key, texture);
            }
            Some([left, top]) => {
                let Some(texture) = self.by_id.get_mut(&key) else { return };
                for (idx, texel) in texels.enumerate() {
                    let (x, y) = (left + idx % width.max(1), top + idx / width.max(1));
                    if x < texture.width
                        && let Some(target) = texture.texels.get_mut(y * texture.width + x)
                    {
                        *target = texel;
                    }
                }
            }
        }
    }
}

impl Texture {
    fn wrapped(&self, x: i64, size: usize) -> usize {
        let size = size.max(1) as i64;
        let inside = match self.wrap {
            TextureWrapMode::ClampToEdge => x.clamp(0, size - 1),
            TextureWrapMode::Repeat => x.rem_euclid(size),
            TextureWrapMode::MirroredRepeat => {
                let turned = x.rem_euclid(2 * size);
                if turned < size { turned } else { 2 * size - 1 - turned }
            }
        };
        inside as usize
    }

    fn texel(&self, x: i64, y: i64) -> [f32; 4] {
        let (x, y) = (self.wrapped(x, self.width), self.wrapped(y, self.height));
        self.texels.get(y * self.width + x).map_or([0.0; 4], |texel| texel.map(f32::from))
    }

    /// The colour at normalised coordinates, channels 0 to 255.
    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.width as f32, v * self.height as f32);
        if self.filter == TextureFilter::Nearest {
            return self.texel(x.floor() as i64, y.floor() as i64);
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (left, top) = (x.floor(), y.floor());
        let (right_share, bottom_share) = (x - left, y - top);
        let (left, top) = (left as i64, top as i64);
        let [a, b] = [self.texel(left, top), self.texel(left + 1, top)];
        let [c, d] = [self.texel(left, top + 1), self.texel(left + 1, top + 1)];
        std::array::from_fn(|channel| {
            let upper = a[channel] + (b[channel] - a[channel]) * right_share;
            let lower = c[channel] + (d[channel] - c[channel]) * right_share;
            upper + (lower - upper) * bottom_share
        })
    }
}

/// A clip rectangle in whole pixels, ends exclusive.
#[derive(Debug, Clone, Copy)]
struct Clip {
    left: i64,
    top: i64,
    right: i64,
    bottom: i64,
}

impl Clip {
    fn new(rect: Rect, pixels_per_point: f32, width: usize, height: usize) -> Self {
        let px = |value: f32, size: usize| (value * pixels_per_point).round().clamp(0.0, size as f32) as i64;
        Self {
            left: px(rect.min.x, width),
            top: px(rect.min.y, height),
            right: px(rect.max.x, width),
            bottom: px(rect.max.y, height),
        }
    }
}

/// One side of a triangle: `a·x + b·y + c ≥ 0` for the pixel centres inside.
#[derive(Debug, Clone, Copy)]
struct Edge {
    a: i64,
    b: i64,
    c: i64,
    /// 0 for top and left edges, which own the pixels on them; else 1.
    bias: i64,
}

impl Edge {
    fn new([x0, y0]: [i64; 2], [x1, y1]: [i64; 2]) -> Self {
        let (a, b) = (y0 - y1, x1 - x0);
        let owns = a > 0 || (a == 0 && b > 0);
        Self { a, b, c: -(a * x0 + b * y0), bias: i64::from(!owns) }
    }

    /// At the centre of pixel (x, y).
    fn at(&self, x: i64, y: i64) -> i64 {
        self.a * (x * SUB + SUB / 2) + self.b * (y * SUB + SUB / 2) + self.c
    }
}

/// A triangle in pixels, ready to be filled.
struct Triangle<'a> {
    edges: [Edge; 3],
    inverse_area: f32,
    vertices: [Vertex; 3],
    texture: &'a Texture,
    clip: Clip,
    rows: (i64, i64),
    /// The colour before blending where it is the same all over.
    flat: Option<[f32; 4]>,
}

impl<'a> Triangle<'a> {
    fn new(mut vertices: [Vertex; 3], texture: &'a Texture, clip: Clip, pixels_per_point: f32) -> Option<Self> {
        let fixed = |vertex: &Vertex| {
            [vertex.pos.x, vertex.pos.y]
                .map(|value| ((value * pixels_per_point).clamp(-FAR_PX, FAR_PX) * SUB as f32).round() as i64)
        };
        let mut points = [fixed(&vertices[0]), fixed(&vertices[1]), fixed(&vertices[2])];
        let area = doubled_area(points);
        if area == 0 || vertices.iter().any(|vertex| !vertex.pos.x.is_finite() || !vertex.pos.y.is_finite()) {
            return None;
        }
        if area < 0 {
            points.swap(1, 2);
            vertices.swap(1, 2);
        }
        let (top, bottom) = (points.iter().map(|p| p[1]).min()?, points.iter().map(|p| p[1]).max()?);
        // First and last row whose centre may lie inside.
        let rows = ((top - SUB / 2).div_euclid(SUB).max(clip.top), (bottom / SUB + 1).min(clip.bottom));
        if rows.0 >= rows.1 || clip.left >= clip.right {
            return None;
        }
        let [p0, p1, p2] = points;
        let same_uv = vertices.iter().all(|vertex| vertex.uv == vertices[0].uv);
        let same_color = vertices.iter().all(|vertex| vertex.color == vertices[0].color);
        let flat = (same_uv && same_color).then(|| {
            let texel = texture.sample(vertices[0].uv.x, vertices[0].uv.y);
            multiplied(vertices[0].color.to_array().map(f32::from), texel)
        });
        if flat.is_some_and(|color| color == [0.0; 4]) {
            return None;
        }
        Some(Self {
            edges: [Edge::new(p1, p2), Edge::new(p2, p0), Edge::new(p0, p1)],
            inverse_area: 1.0 / area.abs() as f32,
            vertices,
            texture,
            clip,
            rows,
            flat,
        })
    }

    /// Fills the part of row `y` that lies inside; `row` is that row of the picture.
    fn fill_row(&self, y: i64, row: &mut [[u8; 4]]) {
        let (mut first, mut last) = (self.clip.left, self.clip.right - 1);
        for edge in &self.edges {
            // Inside where a·x·SUB + rest ≥ bias.
            let rest = edge.at(0, y) - edge.bias;
            let step = edge.a * SUB;
            match step.signum() {
                1 => first = first.max(-(rest.div_euclid(step))),
                -1 => last = last.min(rest.div_euclid(-step)),
                _ if rest < 0 => return,
                _ => {}
            }
        }
        if first > last {
            return;
        }
        let (Ok(start), Ok(end)) = (usize::try_from(first), usize::try_from(last + 1)) else { return };
        let Some(span) = row.get_mut(start..end) else { return };
        match self.flat {
            Some(color) => fill_flat(color, span),
            None => self.fill_varying(first, y, span),
        }
    }

    fn fill_varying(&self, first: i64, y: i64, span: &mut [[u8; 4]]) {
        let [v0, v1, v2] = &self.vertices;
        let [c0, c1, c2] = self.vertices.map(|vertex| vertex.color.to_array().map(f32::from));
        let same_color = v0.color == v1.color && v1.color == v2.color;
        let same_uv = v0.uv == v1.uv && v1.uv == v2.uv;
        let only_texel = self.texture.sample(v0.uv.x, v0.uv.y);
        let [_, e1, e2] = &self.edges;
        let (mut w1, mut w2) = (e1.at(first, y), e2.at(first, y));
        for pixel in span {
            let (s1, s2) = (w1 as f32 * self.inverse_area, w2 as f32 * self.inverse_area);
            w1 += e1.a * SUB;
            w2 += e2.a * SUB;
            let texel = if same_uv {
                only_texel
            } else {
                let u = v0.uv.x + (v1.uv.x - v0.uv.x) * s1 + (v2.uv.x - v0.uv.x) * s2;
                let v = v0.uv.y + (v1.uv.y - v0.uv.y) * s1 + (v2.uv.y - v0.uv.y) * s2;
                self.texture.sample(u, v)
            };
            if texel == [0.0; 4] {
                continue;
            }
            let color = if same_color {
                c0
            } else {
                std::array::from_fn(|i| c0[i] + (c1[i] - c0[i]) * s1 + (c2[i] - c0[i]) * s2)
            };
            blend(multiplied(color, texel), pixel);
        }
    }
}

fn doubled_area([p0, p1, p2]: [[i64; 2]; 3]) -> i64 {
    (p1[0] - p0[0]) * (p2[1] - p0[1]) - (p1[1] - p0[1]) * (p2[0] - p0[0])
}

fn multiplied(color: [f32; 4], texel: [f32; 4]) -> [f32; 4] {
    std::array::from_fn(|i| color[i] * texel[i] / 255.0)
}

fn fill_flat(color: [f32; 4], span: &mut [[u8; 4]]) {
    if color[3] >= 255.0 {
        span.fill(color.map(to_byte));
    } else {
        span.iter_mut().for_each(|pixel| blend(color, pixel));
    }
}

fn blend(source: [f32; 4], target: &mut [u8; 4]) {
    let through = 1.0 - source[3] / 255.0;
    *target = std::array::from_fn(|i| to_byte(source[i] + f32::from(target[i]) * through));
}

fn to_byte(value: f32) -> u8 {
    // `as` saturates, so values outside 0 to 255 are clamped.
    (value + 0.5) as u8
}

/// Draws the primitives, in order, over `pixels`.
pub fn rasterize(primitives: &[ClippedPrimitive], textures: &Textures, pixels_per_point: f32, pixels: &mut Pixels) {
    let (width, height) = (pixels.width, pixels.height);
    if width == 0 || height == 0 {
        return;
    }
    let scene = Scene::new(primitives, textures, pixels_per_point, [width, height]);
    pixels
        .data
        .par_chunks_mut(width * STRIP_ROWS)
        .enumerate()
        .for_each(|(strip_idx, rows)| scene.fill(strip_idx, rows));
}

/// Triangles sorted into the strips of a picture they touch, so that strips can be drawn apart.
pub struct Scene<'a> {
    triangles: Vec<Triangle<'a>>,
    strips: Vec<Vec<u32>>,
    width: usize,
    height: usize,
}

impl<'a> Scene<'a> {
    /// Sorts the triangles of a picture of `size_px`.
    pub fn new(
        primitives: &[ClippedPrimitive],
        textures: &'a Textures,
        pixels_per_point: f32,
        [width, height]: [usize; 2],
    ) -> Self {
        let triangles: Vec<Triangle<'_>> = primitives
            .par_iter()
            .flat_map_iter(|ClippedPrimitive { clip_rect, primitive }| {
                let clip = Clip::new(*clip_rect, pixels_per_point, width, height);
                let Primitive::Mesh(mesh) = primitive else { return Vec::new() };
                let Some(texture) = textures.by_id.get(&mesh.texture_id.into()) else { return Vec::new() };
                let vertex = |idx: u32| mesh.vertices.get(idx as usize).copied();
                mesh.indices
                    .chunks_exact(3)
                    .filter_map(|three| {
                        let corners = [vertex(three[0])?, vertex(three[1])?, vertex(three[2])?];
                        Triangle::new(corners, texture, clip, pixels_per_point)
                    })
                    .collect()
            })
            .collect();
        let mut strips: Vec<Vec<u32>> = vec![Vec::new(); height.div_ceil(STRIP_ROWS)];
        for (idx, triangle) in (0u32..).zip(&triangles) {
            let (first, last) = (triangle.rows.0 as usize / STRIP_ROWS, (triangle.rows.1 - 1) as usize / STRIP_ROWS);
            for strip in strips.iter_mut().take(last + 1).skip(first) {
                strip.push(idx);
            }
        }
        Self { triangles, strips, width, height }
    }

    /// How many strips there are.
    pub fn n_strips(&self) -> usize {
        self.strips.len()
    }

    /// How many rows a strip has; the last may have fewer than the others.
    pub fn n_rows(&self, strip_idx: usize) -> usize {
        self.height.saturating_sub(strip_idx * STRIP_ROWS).min(STRIP_ROWS)
    }

    /// Draws a strip over what its rows hold.
    pub fn fill(&self, strip_idx: usize, rows: &mut [[u8; 4]]) {
        let top = (strip_idx * STRIP_ROWS) as i64;
        let Some(strip) = self.strips.get(strip_idx) else { return };
        for triangle in strip.iter().filter_map(|&idx| self.triangles.get(idx as usize)) {
            for (row, y) in rows.chunks_mut(self.width).zip(top..) {
                if (triangle.rows.0..triangle.rows.1).contains(&y) {
                    triangle.fill_row(y, row);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::{Mesh, Pos2, pos2};

    fn white() -> Textures {
        let mut textures = Textures::default();
        let image = egui::ColorImage::filled([2, 2], Color32::WHITE);
        let mut delta = TexturesDelta::default();
        delta.push(TextureId::default(), ImageDelta::full(image, egui::TextureOptions::LINEAR));
        textures.apply(&mut delta);
        textures
    }

    fn drawn(vertices: &[(Pos2, Color32)], indices: &[u32], size: usize) -> Pixels {
        let vertices = vertices.iter().map(|&(pos, color)| Vertex::untextured(pos, color)).collect();
        let mesh = Mesh { indices: indices.to_vec(), vertices, texture_id: TextureId::default() };
        let clip_rect = Rect::from_min_max(pos2(-1e6, -1e6), pos2(1e6, 1e6));
        let mut pixels = Pixels::filled(size, size, [0, 0, 0, 255]);
        rasterize(&[ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }], &white(), 1.0, &mut pixels);
        pixels
    }

    #[test]
    fn triangles_that_share_an_edge_cover_each_pixel_once() {
        let half = Color32::from_white_alpha(128);
        // A fan of uneven triangles around a point inside a square of 20 × 20.
        let corners = [(0.0, 0.0), (13.3, 0.0), (20.0, 0.0), (20.0, 7.1), (20.0, 20.0), (3.7, 20.0), (0.0, 20.0)];
        let mut vertices: Vec<_> = corners.iter().map(|&(x, y)| (pos2(x, y), half)).collect();
        vertices.push((pos2(9.31, 8.77), half));
        let n = corners.len() as u32;
        let indices: Vec<u32> = (0..n).flat_map(|idx| [idx, (idx + 1) % n, n]).collect();
        let pixels = drawn(&vertices, &indices, 24);
        for y in 0..24 {
            for x in 0..24 {
                let expected = if x < 20 && y < 20 { 128 } else { 0 };
                assert_eq!(pixels.get(x, y).unwrap()[0], expected, "at {x}, {y}");
            }
        }
    }

    #[test]
    fn far_and_broken_vertices_do_no_harm() {
        let white = Color32::WHITE;
        let far = [(pos2(-1e30, -1e30), white), (pos2(1e30, -1e30), white), (pos2(0.0, 1e30), white)];
        assert_eq!(drawn(&far, &[0, 1, 2], 8).get(4, 4), Some([255; 4]));
        let broken = [(pos2(f32::NAN, 0.0), white), (pos2(5.0, 0.0), white), (pos2(0.0, 5.0), white)];
        assert_eq!(drawn(&broken, &[0, 1, 2, 7, 8, 9], 8).get(1, 1), Some([0, 0, 0, 255]));
    }

    #[test]
    fn colours_run_evenly_between_corners() {
        let (black, white) = (Color32::BLACK, Color32::WHITE);
        let corners = [(0.0, 0.0, black), (10.0, 0.0, white), (10.0, 10.0, white), (0.0, 10.0, black)];
        let vertices = corners.map(|(x, y, color)| (pos2(x, y), color));
        let pixels = drawn(&vertices, &[0, 1, 2, 0, 2, 3], 10);
        let row: Vec<u8> = (0..10).map(|x| pixels.get(x, 5).unwrap()[0]).collect();
        assert_eq!(row, [13, 38, 64, 89, 115, 140, 166, 191, 217, 242]);
    }

    #[test]
    fn one_core_or_many_make_no_difference() {
        let vertices: Vec<_> = (0..90u8)
            .map(|i| {
                let turn = f32::from(i) * 2.4;
                (pos2(40.0 + turn.sin() * 45.0, 40.0 + turn.cos() * 45.0), Color32::from_black_alpha(i))
            })
            .collect();
        let indices: Vec<u32> = (0..90).collect();
        let many = drawn(&vertices, &indices, 80);
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(one.install(|| drawn(&vertices, &indices, 80)), many);
    }
}
