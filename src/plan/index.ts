export * from './batches';
export { type StoredPrecision } from './convert';
export { keyValues, planOutput } from './diff';
export { applyOverlay, isComputedByKintone, overlayOf, type Overlay } from './overlay';
export * from './types';
