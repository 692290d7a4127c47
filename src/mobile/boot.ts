/** Entry of phone pages: the same boot and panel, in the places that the phone has. */
import { startBoot } from '../record/boot-core';
import { kintoneGlobal, kintonePage } from '../record/page';
import { loadPanel } from '../record/panel-loader';

const kintone = kintoneGlobal();
// kintone overwrites this for the next plug-in's file, so it must be read now.
const pluginId = kintone.$PLUGIN_ID;

startBoot(kintonePage(kintone, pluginId, true), () => loadPanel(pluginId));
