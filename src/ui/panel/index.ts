export type { PanelLookups } from './environment';
export { type ExplainedFailure, explainFailure, failureSentence, type PlaceNames } from './explain-failure';
export { type MountedPanel, type MountOptions, mountPanel } from './mount-panel';
export type { PanelCallbacks, ShownRecord } from './Outcome';
export type { PanelProps, PanelSource } from './Panel';
