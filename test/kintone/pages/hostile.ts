/** Style sheets of other plug-ins that a page may meet; chosen with `?hostile=1` to `?hostile=4`. */

const tagRules = `
button { padding: 0 40px !important; border-radius: 20px; background: #fde; color: #a03; text-transform: uppercase; }
input, select, textarea { border: 3px dashed #c60; background: #ffd; }
table, th, td { border: 2px solid #0a0; }
p, ul, ol, li { margin: 20px; font-family: serif; }
h1, h2, h3 { font-size: 40px; color: #06c; }
a { color: #c0c; text-decoration: line-through; }
div { line-height: 2.4; }
#content button { height: 70px; background: #0c0 !important; color: #fff; }
`;

/** What a plug-in does that ships a CSS reset without a scope: margins, borders and fonts of every element are gone. */
const unscopedReset = `
*, ::before, ::after { box-sizing: border-box; border-width: 0; border-style: solid; border-color: #e5e7eb; }
html { line-height: 1.5; tab-size: 4; font-family: ui-sans-serif, system-ui, sans-serif; }
body { margin: 0; line-height: inherit; }
h1, h2, h3, h4, h5, h6 { font-size: inherit; font-weight: inherit; }
a { color: inherit; text-decoration: inherit; }
b, strong { font-weight: bolder; }
table { text-indent: 0; border-color: inherit; border-collapse: collapse; }
button, input, optgroup, select, textarea { margin: 0; padding: 0; color: inherit; font: inherit; }
button, [type='button'], [type='submit'] { background-color: transparent; background-image: none; }
blockquote, dl, dd, h1, h2, h3, h4, h5, h6, hr, figure, p, pre { margin: 0; }
ol, ul, menu { margin: 0; padding: 0; list-style: none; }
dialog { padding: 0; }
img, svg, video, canvas, audio, iframe { display: block; vertical-align: middle; }
img, video { max-width: 100%; height: auto; }
`;

const everyElement = '* { box-sizing: content-box; letter-spacing: .1em; }';

const recolouringTheme = `
:root { --theme: #6a1b9a; }
button, input[type='submit'], input[type='button'], [role='button'] {
  border: 0 !important; border-radius: 999px !important; background: #6a1b9a !important; color: #fff !important;
  box-shadow: 0 3px 6px #0006; transition: background .3s;
}
button:hover { background: #ab47bc !important; }
`;

const sheets: Record<string, string> = {
  '1': tagRules,
  '2': unscopedReset,
  '3': everyElement,
  '4': recolouringTheme,
};

/** The sheet of that number; null for any other value. */
export function hostileSheet(number: string | null): string | null {
  return number === null ? null : (sheets[number] ?? null);
}
