/** Entry of desktop pages. Everything heavy is in the panel's script and evaluated on the first press. */
import { startBoot } from './boot-core';
import { kintoneGlobal, kintonePage } from './page';
import { loadPanel } from './panel-loader';

const kintone = kintoneGlobal();
// kintone overwrites this for the next plug-in's file, so it must be read now.
const pluginId = kintone.$PLUGIN_ID;

startBoot(kintonePage(kintone, pluginId, false), () => loadPanel(pluginId));
