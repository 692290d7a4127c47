/** Data in memory: typed columns, exact decimals, row selection, grouping, sorting, and kintone's values. */
export * from './aggregate';
export * from './builder';
export * from './cells';
export * from './codes';
export * from './column';
export * from './decimal';
export * from './kintone-fields';
export * from './kintone-json';
export * from './kintone-values';
export * from './moments';
export * from './number-builder';
export { type PageEdges, pageEdges } from './record-bytes';
export * from './records';
export * from './rows';
export * from './table';
export * from './types';
