//! What is wrong with routes.

use std::{error::Error, fmt};

/// What is wrong with one route.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RouteProblem {
    /// Which route, counted from one; `None`: the table as a whole.
    pub route: Option<usize>,
    /// The path of the route, as it is written.
    pub path: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for RouteProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.route {
            Some(number) => write!(f, "route {number} (`{}`): {}", self.path, self.message),
            None => f.write_str(&self.message),
        }
    }
}

/// All that is wrong with a table of routes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidRoutes {
    /// The problems, in the order of the routes.
    pub problems: Vec<RouteProblem>,
}

/// One line for each problem.
impl fmt::Display for InvalidRoutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            write!(f, "{}{problem}", if index > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl Error for InvalidRoutes {}
