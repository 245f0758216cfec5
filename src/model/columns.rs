//! What the columns of a table of records are for, where the user says so; else their names tell.

use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnUse {
    /// The text that is read; several are read one after the other.
    Text,
    /// Its headline.
    Title,
    /// When it was written.
    Date,
    /// Its name.
    Id,
    /// Nothing.
    #[default]
    Ignore,
}

impl ColumnUse {
    /// In the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Text, Self::Title, Self::Date, Self::Id, Self::Ignore];

    /// Its name on the command line, and the end of its key in the locale.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Title => "title",
            Self::Date => "dct",
            Self::Id => "id",
            Self::Ignore => "ignore",
        }
    }
}

/// What the columns of tables are for.
///
/// ```
/// use nianbiao::model::{ColumnUse, TableChoice};
/// let choice: TableChoice = "text=正文,dct=日期".parse().unwrap();
/// assert_eq!(choice.use_of("日期"), Some(ColumnUse::Date));
/// assert_eq!(choice.use_of("版面"), None);
/// assert!(choice.fits(&["日期", "版面", "正文"]));
/// assert!("dct=日期".parse::<TableChoice>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TableChoice {
    /// The tables it is meant for: those with these columns; `None` for every one that has its text columns.
    pub headers: Option<BTreeSet<String>>,
    /// Column → use. A column that is not named is told by its name where `headers` is `None`, and else left out.
    pub uses: BTreeMap<String, ColumnUse>,
}

impl TableChoice {
    /// For all tables with the columns `names`, each used as `uses` says.
    pub fn of_table(names: &[String], uses: &[ColumnUse]) -> Self {
        let headers = names.iter().map(|name| name.trim().to_owned()).collect();
        let uses = names.iter().map(|name| name.trim().to_owned()).zip(uses.iter().copied()).collect();
        Self { headers: Some(headers), uses }
    }

    /// What the column is for, where that was said.
    pub fn use_of(&self, name: &str) -> Option<ColumnUse> {
        let said = self.uses.get(name.trim()).copied();
        said.or(self.headers.is_some().then_some(ColumnUse::Ignore))
    }

    /// Whether it is meant for a table with these columns.
    pub fn fits(&self, names: &[&str]) -> bool {
        match &self.headers {
            Some(headers) => headers.len() == names.len() && names.iter().all(|name| headers.contains(name.trim())),
            None => self.has_texts(names),
        }
    }

    /// Whether it is meant for a record with these fields: a record may leave some out.
    pub fn fits_record(&self, names: &[&str]) -> bool {
        let is_known = |headers: &BTreeSet<String>| names.iter().all(|name| headers.contains(name.trim()));
        self.headers.as_ref().is_none_or(is_known) && (self.headers.is_some() || self.has_texts(names))
    }

    fn has_texts(&self, names: &[&str]) -> bool {
        let has = |column: &str| names.iter().any(|name| name.trim() == column);
        self.uses.iter().filter(|(_, column_use)| **column_use == ColumnUse::Text).all(|(column, _)| has(column))
    }
}

impl FromStr for TableChoice {
    type Err = String;

    /// `text=正文,dct=日期,title=标题,id=编号,ignore=来源`; a use may come more than once.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut choice = Self::default();
        for part in text.split([',', '，']).map(str::trim).filter(|part| !part.is_empty()) {
            let (name, column) =
                part.split_once('=').ok_or_else(|| format!("'{part}' is not USE=COLUMN, such as text=正文"))?;
            let name = if name.trim().eq_ignore_ascii_case("date") { "dct" } else { name.trim() };
            let column_use = ColumnUse::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(name));
            let column_use =
                column_use.ok_or_else(|| format!("'{name}' is none of text, title, dct, id and ignore"))?;
            if column.trim().is_empty() {
                return Err(format!("'{part}' names no column"));
            }
            let is_twice = column_use != ColumnUse::Text && column_use != ColumnUse::Ignore;
            if is_twice && choice.uses.values().any(|known| *known == column_use) {
                return Err(format!("only one column can be the {}", column_use.name()));
            }
            if choice.uses.insert(column.trim().to_owned(), column_use).is_some() {
                return Err(format!("the column '{}' comes twice", column.trim()));
            }
        }
        if choice.uses.values().any(|column_use| *column_use == ColumnUse::Text) {
            Ok(choice)
        } else {
            Err("say which column has the text, such as text=正文".to_owned())
        }
    }
}

/// The first rows of a table, and what its columns are taken for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TablePreview {
    /// The names of its columns.
    pub names: Vec<String>,
    /// What each is taken for.
    pub uses: Vec<ColumnUse>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
}
