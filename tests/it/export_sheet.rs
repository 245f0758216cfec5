//! The export sheet: what it shows is the figure, and what was chosen there is kept.

use crate::driver::{command, fixture, program, scratch, settle, window};
use egui_kittest::kittest::Queryable as _;
use nianbiao::desk::{Command, FigureBatch, FigureFormat, FigureKind, FigureSize, FigureSpec, Look, Overlay, Preset};

#[test]
fn choices_change_the_figure_and_are_kept() {
    let dir = scratch("export-sheet");
    let state_path = dir.join("state.json");
    let mut harness = window(vec![fixture()], Some(state_path.clone()));
    command(&mut harness, Command::ExportFigure(FigureKind::Series));
    settle(&mut harness);
    assert_eq!(program(&harness).desk().overlay, Some(Overlay::Export));
    let made = program(&harness).shell().preview.clone().unwrap().captions;
    assert!(made.title.contains("206") && made.alt.contains("948"), "{made:?}");
    harness.render().unwrap().save(dir.join("sheet.png")).unwrap();

    harness.get_by_label("配色: 印刷").click();
    harness.run_steps(3);
    harness.get_by_label("版面 1: 方图").click();
    harness.run_steps(3);
    harness.get_by_label("内容: 两者").click();
    harness.run_steps(3);
    settle(&mut harness);
    let figure = program(&harness).desk().figure.clone();
    assert_eq!((figure.look, figure.size), (Look::Print, FigureSize::Preset(Preset::Square)));
    assert_eq!(figure.kind, FigureKind::Both);
    harness.render().unwrap().save(dir.join("sheet-both.png")).unwrap();

    command(&mut harness, Command::SetFigure(Box::new(FigureSpec { format: FigureFormat::Svg, ..figure })));
    command(&mut harness, Command::Escape);
    assert_eq!(program(&harness).desk().overlay, None);
    assert!(program(&harness).shell().preview.is_none());
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().close(&ctx);
    let kept: serde_json::Value = serde_json::from_slice(&std::fs::read(&state_path).unwrap()).unwrap();
    assert_eq!(kept["figure"]["look"], "print");
    assert_eq!(kept["figure"]["format"], "svg");
    assert_eq!(kept["figure"]["captions"]["title"], "", "words belong to one figure");
}

#[test]
fn many_figures_go_into_a_folder_and_one_too_large_is_refused() {
    let dir = scratch("export-batch");
    let mut harness = window(vec![fixture()], None);
    command(&mut harness, Command::ExportFigure(FigureKind::Series));
    let ctx = harness.ctx.clone();
    harness.state_mut().as_mut().unwrap().write_figures(&ctx, FigureBatch::Documents, dir.join("figures"));
    harness.step();
    assert!(program(&harness).shell().drawing.is_some());
    settle(&mut harness);
    assert!(program(&harness).shell().drawing.is_none());
    let written: Vec<_> = std::fs::read_dir(dir.join("figures")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(written.len(), 1, "{written:?}");
    assert!(nianbiao::store::load::figure(&std::fs::read(&written[0]).unwrap()).is_ok());

    let figure = program(&harness).desk().figure.clone();
    let large = FigureSpec { size: FigureSize::Own([8000.0, 900.0]), scale: 2.0, ..figure };
    command(&mut harness, Command::SetFigure(Box::new(large)));
    settle(&mut harness);
    assert!(program(&harness).shell().preview.as_ref().unwrap().is_too_large);
    harness.render().unwrap().save(dir.join("too-large.png")).unwrap();
    assert!(harness.query_all_by_label_contains("16000 × 1800").next().is_some());
}
