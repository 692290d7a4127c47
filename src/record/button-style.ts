/**
 * Style of the buttons, as text for a constructed style sheet inside their shadow root. Colours are
 * kintone's hover shades: its normal shades are too pale for text (contrast below 4.5:1).
 */
export const BUTTON_STYLE = `
:host{all:initial;display:inline-block;vertical-align:top;margin:8px 8px 8px 0;color-scheme:light}
:host([data-mobile]){display:block;margin:8px}
[hidden]{display:none!important}
.row{display:flex;flex-wrap:wrap;gap:8px;position:relative}
button{box-sizing:border-box;margin:0;min-height:40px;min-width:96px;max-width:360px;padding:8px 16px;border:1px solid #1d6fa5;
border-radius:0;background:#1d6fa5;color:#fff;font:bold 14px/1.4 "Hiragino Kaku Gothic ProN",Meiryo,"Microsoft YaHei","Noto Sans CJK JP",sans-serif;
letter-spacing:normal;text-align:center;text-transform:none;overflow-wrap:anywhere;cursor:pointer}
button:hover{background:#165a87}
button:focus-visible{outline:2px solid #1d6fa5;outline-offset:2px}
button[aria-disabled=true]{background:#e9ecee;border-color:#8a9499;color:#5c6165;cursor:not-allowed}
button.plain{background:#f7f9fa;color:#1d6fa5;border-color:#8a9499;font-weight:normal}
button.plain:hover{background:#e2f2fe}
.arrow::after{content:"";display:inline-block;margin-left:8px;border:5px solid transparent;border-top-color:currentColor;vertical-align:-3px}
.menu{position:absolute;z-index:100;top:100%;left:0;margin-top:4px;min-width:200px;max-width:360px;max-height:60vh;overflow:auto;
background:#fff;border:1px solid #8a9499;box-shadow:0 2px 8px rgb(0 0 0/.2);padding:4px 0}
.menu button{display:block;width:100%;max-width:none;border:0;background:#fff;color:#333;font-weight:normal;text-align:left}
.menu button:hover,.menu button:focus-visible{background:#e2f2fe;outline-offset:-2px}
.menu button[aria-disabled=true]{color:#6b7074;background:#fff}
.note{flex-basis:100%;margin:0;max-width:640px;font:13px/1.5 "Hiragino Kaku Gothic ProN",Meiryo,"Microsoft YaHei","Noto Sans CJK JP",sans-serif;color:#5c6165}
.note.error{color:#bf2718}
:host([data-mobile]) button{min-height:44px;width:100%;max-width:none;font-size:16px}
:host([data-mobile]) .menu{left:0;right:0;max-width:none}
@media (forced-colors:active){button{border-color:ButtonText}button[aria-disabled=true]{color:GrayText;border-color:GrayText}}
`;
