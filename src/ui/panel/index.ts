export type { PanelLookups } from './environment';
export { type MountedPanel, mountPanel } from './mount-panel';
export type { PanelCallbacks } from './Outcome';
export type { PanelSource } from './Panel';
