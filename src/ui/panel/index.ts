export type { PanelLookups } from './environment';
export { type MountedPanel, mountPanel } from './mount-panel';
export type { PanelCallbacks } from './outcome/host';
export type { PanelSource } from './Panel';
