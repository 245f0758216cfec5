//! Which currency a bare 元 is: that of the text, which some say (1.25兆元（台币，下同）) and others take for granted.

use super::lexicon::{Class, Lexicon};
use crate::{
    extract::{Context, Found, time::words},
    model::Quantity,
    text::Article,
};

/// Gives the quantities in a bare 元 the currency of the article: what it says with 下同 from there on, else the new
/// Taiwan dollar in news of Taiwan and the Hong Kong dollar in news of Hong Kong, which both are printed in traditional
/// characters.
pub fn settle(article: &Article, context: &Context, lexicon: &Lexicon, found: &mut [Found<Quantity>]) {
    let says =
        |sign: fn(&str) -> bool| context.is_traditional && article.blocks.iter().any(|block| sign(block.text.text()));
    let homes = [("TWD", words::is_of_taiwan as fn(&str) -> bool), ("HKD", words::is_of_hong_kong)];
    let mut home = homes.iter().find(|(_, sign)| says(*sign)).map(|(code, _)| (*code).to_owned());
    for (block_idx, block) in article.blocks.iter().enumerate() {
        let said = said(block.text.text(), lexicon);
        if home.is_none() && said.is_empty() {
            continue;
        }
        let from = found.partition_point(|quantity| quantity.block < block_idx);
        let to = found.partition_point(|quantity| quantity.block <= block_idx);
        let mut said = said.into_iter().peekable();
        for idx in from..to {
            // What stands right before the bracket is told by it too.
            let next = found.get(idx + 1).filter(|_| idx + 1 < to).map_or(usize::MAX, |next| next.at.start);
            while let Some((_, code)) = said.next_if(|(at, _)| *at < next) {
                home = Some(code);
            }
            let Some(quantity) = found.get_mut(idx).map(|found| &mut found.item) else { continue };
            if let Some(home) = home.as_ref().filter(|_| is_bare_yuan(quantity)) {
                quantity.unit.clone_from(home);
            }
        }
    }
}

/// Where the text says a currency for all that follows, and which: （新台币，下同）, （单位：港元，下同）.
fn said(text: &str, lexicon: &Lexicon) -> Vec<(usize, String)> {
    let mut said = Vec::new();
    for (at, _) in text.match_indices("下同") {
        let Some(open) = text.get(..at).and_then(|head| head.rfind(['（', '('])) else { continue };
        let Some(inside) = text.get(open..at) else { continue };
        let code = inside.char_indices().skip(1).find_map(|(offset, _)| {
            let (_, (unit, _)) = lexicon.names.longest(inside.get(offset..)?)?;
            lexicon.units.get(*unit).filter(|unit| unit.class == Class::Currency).map(|unit| unit.code.clone())
        });
        said.extend(code.filter(|_| inside.chars().count() <= 16).map(|code| (open, code)));
    }
    said
}

fn is_bare_yuan(quantity: &Quantity) -> bool {
    quantity.unit == "CNY" && quantity.printed.unit.trim_start_matches(['十', '百', '千', '万', '亿', '兆']) == "元"
}
