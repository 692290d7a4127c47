export * from './batches';
export type { StoredPrecision } from './convert';
export { keyValues, planOutput } from './diff';
export { applyOverlay, isComputedByKintone, type Overlay, overlayOf } from './overlay';
export * from './types';
