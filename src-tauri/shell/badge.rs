//! Draws a number onto the app's icon: a tray shows nothing else at a glance.

use tauri::image::Image;

/// Three wide, five high, a row a number, the leftmost bit first.
const GLYPHS: [[u8; 5]; 11] = [
    [7, 5, 5, 5, 7],
    [2, 6, 2, 2, 7],
    [7, 1, 7, 4, 7],
    [7, 1, 7, 1, 7],
    [5, 5, 7, 1, 1],
    [7, 4, 7, 1, 7],
    [7, 4, 7, 5, 7],
    [7, 1, 1, 2, 2],
    [7, 5, 7, 5, 7],
    [7, 5, 7, 1, 7],
    [0, 2, 7, 2, 0],
];
const PLUS: usize = 10;
const RED: [u8; 4] = [0xb4, 0x23, 0x18, 0xff];
const WHITE: [u8; 4] = [0xff; 4];

/// The icon with the number in its lower right corner; without one where there is nothing to count.
pub fn badged(icon: &Image<'_>, count: u32) -> Image<'static> {
    let (width, height) = (icon.width() as usize, icon.height() as usize);
    let mut rgba = icon.rgba().to_vec();
    if count > 0 {
        draw(&mut rgba, width, height, &glyphs(count));
    }
    Image::new_owned(rgba, icon.width(), icon.height())
}

/// More than two digits do not fit: `9+`.
fn glyphs(count: u32) -> Vec<usize> {
    match usize::try_from(count) {
        Ok(one @ 0..=9) => vec![one],
        Ok(two @ 10..=99) => vec![two / 10, two % 10],
        _ => vec![9, PLUS],
    }
}

fn draw(rgba: &mut [u8], width: usize, height: usize, glyphs: &[usize]) {
    // Two figures and their edges fill nine of ten columns.
    let dot = (width / 10).max(1);
    let (wide, high) = ((4 * glyphs.len() + 1) * dot, 7 * dot);
    let (left, top) = (width.saturating_sub(wide), height.saturating_sub(high));
    let mut paint = |x: usize, y: usize, colour: [u8; 4]| {
        if x < width
            && y < height
            && let Some(pixel) = rgba.get_mut((y * width + x) * 4..(y * width + x) * 4 + 4)
        {
            pixel.copy_from_slice(&colour);
        }
    };
    for (y, x) in (top..height).flat_map(|y| (left..width).map(move |x| (y, x))) {
        let (row, column) = ((y - top) / dot, (x - left) / dot);
        let lit = (1..6).contains(&row)
            && column % 4 != 0
            && glyphs
                .get(column / 4)
                .and_then(|glyph| GLYPHS.get(*glyph))
                .is_some_and(|rows| rows[row - 1] >> (3 - column % 4) & 1 == 1);
        paint(x, y, if lit { WHITE } else { RED });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit(count: u32) -> usize {
        let shown = badged(&Image::new_owned(vec![0; 32 * 32 * 4], 32, 32), count);
        shown.rgba().chunks(4).filter(|pixel| *pixel == WHITE).count()
    }

    #[test]
    fn a_number_is_drawn_within_the_icon_of_any_size() {
        // Three dots by three a bit of the figures.
        assert_eq!(lit(0), 0);
        assert_eq!(lit(8), 13 * 9);
        assert_eq!(lit(17), (8 + 7) * 9);
        assert_eq!(lit(100), lit(4_000_000_000));
        for size in [1_u32, 7, 16, 128] {
            let bytes = vec![0; (size * size * 4) as usize];
            let shown = badged(&Image::new_owned(bytes, size, size), 42);
            assert_eq!((shown.width(), shown.rgba().len()), (size, (size * size * 4) as usize));
        }
    }
}
