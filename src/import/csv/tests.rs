use super::*;

fn read(text: &[u8]) -> Table<'_> {
    Table::read(text, b',').unwrap()
}

fn cells<'t>(table: &'t Table<'_>, row: usize) -> Vec<&'t str> {
    table.rows[row].cells.as_ref().unwrap().iter().map(Cow::as_ref).collect()
}

fn fault(table: &Table<'_>, row: usize) -> (u32, RowFault) {
    (table.rows[row].number, *table.rows[row].cells.as_ref().unwrap_err())
}

#[test]
fn what_an_export_looks_like() {
    let table =
        read(b"\xef\xbb\xbfid, Title ,note\r\n1,Production       ,\"a, \"\"b\"\"\"\r\n\r\n,,\r\n2,x,y\r\n");
    assert_eq!(table.header, ["id", "Title", "note"]);
    assert_eq!(table.column("Title"), Some(1));
    assert_eq!(cells(&table, 0), ["1", "Production", "a, \"b\""]);
    assert_eq!((table.rows[1].number, cells(&table, 1)), (5, vec!["2", "x", "y"]));
    assert_eq!(table.rows.len(), 2);
}

#[test]
fn a_faulty_row_takes_no_other_with_it() {
    let table = read(b"a,b\n1,\"open\n2,\"shut\"x\n3,fine\n4\n5,\"never closed\n6,fine\n7,\xff\n8,a\0b\n9,z");
    assert_eq!(fault(&table, 0), (2, RowFault::Quote));
    assert_eq!(fault(&table, 1), (3, RowFault::Quote));
    assert_eq!(cells(&table, 2), ["3", "fine"]);
    assert_eq!(fault(&table, 3), (5, RowFault::Ragged { has: 1, wanted: 2 }));
    assert_eq!(fault(&table, 4), (6, RowFault::Quote));
    assert_eq!(cells(&table, 5), ["6", "fine"]);
    assert_eq!(fault(&table, 6), (8, RowFault::NotUtf8));
    assert_eq!(fault(&table, 7), (9, RowFault::Nul));
    assert_eq!(cells(&table, 8), ["9", "z"]);
}

#[test]
fn a_faulty_row_takes_no_other_with_it_whatever_ends_the_lines() {
    for end in ["\n", "\r\n", "\r"] {
        let join = |rows: &[&[u8]]| rows.join(end.as_bytes());
        let text = join(&[b"a,b", b"1,\xff", b"2,x", b"3,\"open", b"4,y", b""]);
        let table = read(&text);
        assert_eq!(fault(&table, 0), (2, RowFault::NotUtf8), "{end:?}");
        assert_eq!((table.rows[1].number, cells(&table, 1)), (3, vec!["2", "x"]), "{end:?}");
        assert_eq!(fault(&table, 2), (4, RowFault::Quote), "{end:?}");
        assert_eq!((table.rows[3].number, cells(&table, 3)), (5, vec!["4", "y"]), "{end:?}");
        assert_eq!(table.rows.len(), 4, "{end:?}");
    }
}

/// Else whoever fills a cell could write rows of their own.
#[test]
fn the_lines_of_a_cell_are_no_rows_where_another_cell_is_at_fault() {
    let long = "x".repeat(CELL_MAX + 1);
    let bad: [(&[u8], RowFault); 3] =
        [(b"\xff", RowFault::NotUtf8), (b"\0", RowFault::Nul), (long.as_bytes(), RowFault::Long)];
    for (cell, why) in bad {
        for row in [[cell, b"\"x\n7,y\""], [b"\"x\n7,y\"", cell]] {
            let text = [b"a,b\n", &row.join(&b","[..])[..], b"\n8,z\n"].concat();
            let table = read(&text);
            assert_eq!(fault(&table, 0), (2, why));
            assert_eq!((table.rows[1].number, cells(&table, 1)), (3, vec!["8", "z"]));
            assert_eq!(table.rows.len(), 2);
        }
    }
    let wide = format!("a\n{}\"x\n7\"\n8\n", ",".repeat(COLUMNS_MAX));
    let table = read(wide.as_bytes());
    assert_eq!((fault(&table, 0).1, cells(&table, 1)), (RowFault::Wide, vec!["8"]));
}

#[test]
fn accents_have_one_form() {
    let table = read("n\u{61}\u{308}me,b\nRene\u{301},\u{a0}x\n".as_bytes());
    assert_eq!(table.header[0], "n\u{e4}me");
    assert_eq!(cells(&table, 0), ["Ren\u{e9}", "x"]);
}

#[test]
fn rows_are_numbered_as_in_a_spreadsheet() {
    let table = read(b"a,b\n1,\"two\nlines\"\n2,x\n");
    assert_eq!(cells(&table, 0), ["1", "two\nlines"]);
    assert_eq!(table.rows[1].number, 3);
}

#[test]
fn files_that_are_refused() {
    let error = |bytes: &[u8]| Table::read(bytes, b',').unwrap_err();
    assert_eq!(error(b""), CsvError::Empty);
    assert_eq!(error(b",,\n1,2,3\n"), CsvError::Empty);
    assert_eq!(error(b"a,b, a\n"), CsvError::DuplicateColumn("a".into()));
    assert_eq!(error(b"\xff\xfea\0,\0"), CsvError::Utf16);
    assert!(matches!(error(b"a,\"b\n"), CsvError::Header(_)));
    assert!(matches!(error(b"a,\xff\n"), CsvError::Header(_)));
    assert_eq!(error(",".repeat(1000).as_bytes()), CsvError::TooManyColumns);
    let mut many = b"a\n".to_vec();
    many.extend(b"1\n".repeat(ROWS_MAX + 1));
    assert_eq!(error(&many), CsvError::TooManyRows);
    assert_eq!(error(&vec![b'a'; BYTES_MAX as usize + 1]), CsvError::TooLarge(BYTES_MAX + 1));
}

#[test]
fn long_cells_are_refused_row_by_row() {
    let long = "x".repeat(CELL_MAX + 1);
    let text = format!("a,b\n1,{long}\n2,\"{long}\"\n3,y\n");
    let table = read(text.as_bytes());
    assert_eq!(fault(&table, 0).1, RowFault::Long);
    assert_eq!(fault(&table, 1).1, RowFault::Quote);
    assert_eq!(cells(&table, 2), ["3", "y"]);
    // A musical note of four bytes is twelve in the form that is kept.
    let note = format!("a\n{}\n", "\u{1d15e}".repeat(CELL_MAX / 4));
    assert_eq!(fault(&read(note.as_bytes()), 0).1, RowFault::Long);
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in proptest::collection::vec(
        proptest::sample::select(b"ab,;\"\n\r\0\xff\xef\xbb\xbf ".to_vec()), 0..200)) {
        let _ = Table::read(&bytes, b',');
    }

    /// The `csv` crate writes, this reader reads.
    #[test]
    fn what_another_program_writes_is_read(rows in proptest::collection::vec(
        proptest::collection::vec("[a-z\",;\n é']{0,6}", 3), 0..20)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["a", "b", "c"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let bytes = writer.into_inner().unwrap();
        let trimmed: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(|c| c.trim()).collect()).collect();
        let wanted: Vec<&Vec<&str>> = trimmed.iter().filter(|r| r.iter().any(|c| !c.is_empty())).collect();
        let table = read(&bytes);
        let have: Vec<Vec<&str>> = (0..table.rows.len()).map(|i| cells(&table, i)).collect();
        proptest::prop_assert_eq!(have.iter().collect::<Vec<_>>(), wanted);
    }
}
