//! The program's own CPU rasteriser as a renderer for `egui_kittest`: picture tests without a driver.

use egui_kittest::TestRenderer;
use nianbiao::figure::{Pixels, Textures, rasterize};

/// Give it to `HarnessBuilder::renderer`.
#[derive(Debug, Default)]
pub struct CpuRenderer {
    textures: Textures,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut egui::TexturesDelta) {
        self.textures.apply(delta);
    }

    fn render(&mut self, ctx: &egui::Context, output: &egui::FullOutput) -> Result<image::RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        let (width, height) = (size.x.round() as usize, size.y.round() as usize);
        let mut pixels = Pixels::filled(width, height, [0; 4]);
        rasterize(&ctx.tessellate(output.shapes.clone(), scale), &self.textures, scale, &mut pixels);
        image::RgbaImage::from_raw(width as u32, height as u32, pixels.straight_rgba())
            .ok_or_else(|| "the picture has another size than its pixels".to_owned())
    }
}

#[test]
fn a_harness_is_drawn_without_a_driver() {
    let mut harness = egui_kittest::Harness::builder()
        .with_size(egui::vec2(40.0, 20.0))
        .renderer(CpuRenderer::default())
        .build_ui(|ui| {
            let inner = ui.ctx().content_rect().shrink(4.0);
            ui.painter().rect_filled(inner, 0.0, egui::Color32::RED);
        });
    harness.run();
    let image = harness.render().unwrap();
    assert_eq!(image.dimensions(), (40, 20));
    assert_eq!(image.get_pixel(20, 10).0, [255, 0, 0, 255]);
}
