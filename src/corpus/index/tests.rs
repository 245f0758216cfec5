//! The index against what a walk over the documents finds.

use crate::{
    corpus::{Corpus, Entry, ReadOptions, read, when::When},
    text::Source,
    warn::Reporter,
};

fn entry(path: &str, text: &str) -> Entry {
    let source = Source::of(path, text);
    read(source, &ReadOptions::default(), Reporter::new())
}

fn check(corpus: &Corpus) {
    let index = corpus.index();
    assert_eq!(index.n_docs(), corpus.entries.len());
    let mut n_dated = 0;
    for (doc, entry) in corpus.entries.iter().enumerate() {
        assert_eq!(index.counts(doc), entry.counts());
        for (event_idx, event) in entry.document.events.iter().enumerate() {
            let when = When::of_event(&entry.document, event);
            let row = index.row_of(doc, event_idx).and_then(|row| index.row(row));
            assert_eq!(row.map(|row| (row.doc, row.event)), when.map(|_| (doc as u32, event_idx as u32)), "{event:?}");
            assert_eq!(row.map(|row| row.when), when, "{event:?}");
            assert_eq!(
                row.and_then(|row| index.names().get(row.place)),
                event.place.as_deref().filter(|_| when.is_some())
            );
            n_dated += usize::from(when.is_some());
        }
    }
    assert_eq!(index.len(), n_dated);
    let middles: Vec<i64> = (0..index.len() as u32).map(|row| index.middle(row)).collect();
    assert!(middles.is_sorted());
}

#[test]
fn rows_tell_what_the_documents_tell_also_after_changes() {
    let mut corpus = Corpus::new(vec![
        entry("a.txt", "大桥2024年9月1日在天津开工。\n\n2025年3月大桥通车。\n"),
        entry("b.txt", "张骞公元前138年出使西域。\n\n近年来来往很多。\n"),
    ]);
    check(&corpus);
    let before = corpus.stamp();
    corpus.add(vec![entry("c.txt", "2012年以来，两地来往不断。6月22日，新线在西安通车。\n")]);
    check(&corpus);
    corpus.replace(1, entry("b.txt", "隧道1999年动工。\n"));
    check(&corpus);
    assert_ne!(corpus.stamp(), before);
    corpus.join(Corpus::new(vec![entry("d.txt", "2001年3月，港口在天津扩建，又在西安设站。\n")]));
    check(&corpus);
    let moved = corpus.remove(&[0, 2].into());
    assert_eq!(moved.into_iter().collect::<Vec<_>>(), [(1, 0), (3, 1)]);
    assert_eq!(corpus.entries.iter().map(|entry| entry.document.id.as_str()).collect::<Vec<_>>(), ["b.txt", "d.txt"]);
    check(&corpus);
    corpus.clear();
    check(&corpus);
}

#[test]
fn what_is_told_twice_is_the_more_significant() {
    let line = "2024年9月1日，大桥在天津开工。\n";
    let one = Corpus::new(vec![entry("a.txt", line)]);
    let two = Corpus::new(vec![entry("a.txt", line), entry("b.txt", line)]);
    let rank = |corpus: &Corpus| corpus.index().row(0).map(|row| row.traits.rank);
    assert!(rank(&two) > rank(&one));
}
