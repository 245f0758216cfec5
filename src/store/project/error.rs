//! What can go wrong with a project file.

use super::SCHEMA_VERSION;
use rusqlite::{Error as Sql, ErrorCode};
use std::io;

/// Why a project could not be opened, read or written. One clear sentence each; the caller says which file.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// Some other file.
    #[error("this is no project of nianbiao")]
    NotAProject,
    /// Written by a newer program.
    #[error(
        "the project was written by a newer nianbiao (its version is {found}, this program knows {SCHEMA_VERSION}); update the program"
    )]
    Newer {
        /// The version in the file.
        found: u32,
    },
    /// An older version in a place where it cannot be brought up to date.
    #[error(
        "the project is of an older version and cannot be updated where it stands; copy it to a folder you may write to"
    )]
    OlderReadOnly,
    /// Somebody else has it open.
    #[error("the project is open in another window")]
    Locked,
    /// No room.
    #[error("the disk is full; what was kept before is safe")]
    Full,
    /// Moved, deleted, or on a drive that went away.
    #[error("the project file is no longer where it was opened; what was kept before is in it")]
    Gone,
    /// The folder or file is read-only.
    #[error("the project cannot be written where it stands; save it under another name")]
    ReadOnly,
    /// The file is damaged.
    #[error("the project file is damaged: {0}")]
    Damaged(String),
    /// The file system says something else.
    #[error("the project file cannot be used: {0}")]
    Io(#[from] io::Error),
    /// The database says something else.
    #[error("the project file cannot be used: {0}")]
    Sql(Sql),
}

impl From<Sql> for ProjectError {
    fn from(error: Sql) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(ErrorCode::NotADatabase) => Self::NotAProject,
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}
