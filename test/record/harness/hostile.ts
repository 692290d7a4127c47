/** What other plug-ins and themes were seen to do to a page. */
export const HOSTILE_CSS = `
button{padding:0!important;background:#f0f!important;color:#ff0!important;font-size:40px!important;border-radius:99px!important}
#space button,#space *{margin:33px!important;letter-spacing:.5em!important;text-transform:uppercase!important}
*{box-sizing:content-box;letter-spacing:.1em;line-height:3}
dialog,table,td,th,progress,details,summary{display:none}
h1,h2,h3,p,ul,ol{font-size:inherit;margin:0;list-style:none}
div{color:red;text-align:right}
`;
