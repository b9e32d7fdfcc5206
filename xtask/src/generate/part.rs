//! Parts of a page that are made from the code, between what people write.

/// What ends a part.
const END: &str = "<!-- end of what is generated -->\n";

/// A page with another text in one of its parts: from a line `<!-- generated: NAME -->` to the next line that ends one.
pub(super) fn put(page: &str, name: &str, text: &str) -> Result<String, String> {
    let begin = format!("<!-- generated: {name} -->\n");
    let mut pieces = page.split(begin.as_str());
    let (Some(before), Some(rest), None) = (pieces.next(), pieces.next(), pieces.next()) else {
        return Err(format!("the line `{}` is not there exactly once", begin.trim_end()));
    };
    let (_, after) = rest.split_once(END).ok_or_else(|| format!("the part `{name}` has no end"))?;
    Ok(format!("{before}{begin}{text}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::put;

    const PAGE: &str = "a\n<!-- generated: x -->\nold\n<!-- end of what is generated -->\nb\n<!-- generated: y -->\n\
                        other\n<!-- end of what is generated -->\n";

    #[test]
    fn a_part_is_replaced_and_nothing_else() {
        let page = put(PAGE, "x", "new\n").unwrap();
        assert_eq!(page, PAGE.replace("old\n", "new\n"));
        assert_eq!(put(&page, "x", "new\n").unwrap(), page);
        assert_eq!(put(&page, "y", "").unwrap(), page.replace("other\n", ""));
    }

    #[test]
    fn a_page_without_the_part_is_told() {
        assert!(put(PAGE, "z", "").unwrap_err().contains("generated: z"));
        assert!(put(&PAGE.repeat(2), "x", "").is_err());
        let endless = "<!-- generated: x -->\nold\n";
        assert!(put(endless, "x", "").unwrap_err().contains("no end"));
    }
}
