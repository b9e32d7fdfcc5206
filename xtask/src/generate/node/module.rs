//! The module for `import`: the same objects as `require` gives.

use super::{HEADER, functions::names};
use crate::generate::interface::Interface;

/// The file for `import`.
pub(super) fn module(interface: &Interface) -> String {
    let names: String = names(interface).map(|name| format!("  {name},\n")).collect();
    format!(
        "{HEADER}import paas from './index.cjs'\n\nexport const {{\n  Events,\n  PaasError,\n{names}}} = paas\n\nexport default paas\n"
    )
}
