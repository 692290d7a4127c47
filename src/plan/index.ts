export * from './batches';
export { keyValues, planOutput } from './diff';
export { applyOverlay, isComputedByKintone, type Overlay, overlayOf } from './overlay';
export { flowRequests } from './requests';
export type { StoredPrecision } from './stored';
export * from './types';
