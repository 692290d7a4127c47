import type { KintoneRecord } from './types';
import type { UndoLog } from './undoLog';
import { UniqueIndex } from './uniqueIndex';

/** Records of one app with their unique values; every change can be taken back through the undo log. */
export class RecordTable {
  private readonly byId = new Map<number, KintoneRecord>();
  /** Ascending; ids of deleted records stay until `compact`, `byId` says which are alive. */
  private ids: number[] = [];
  private lastId = 0;
  private lastRowId = 0;
  private readonly undo: UndoLog;
  private index = new UniqueIndex([]);

  constructor(undo: UndoLog) {
    this.undo = undo;
  }

  get size(): number {
    return this.byId.size;
  }

  get unique(): UniqueIndex {
    return this.index;
  }

  get(id: number): KintoneRecord | undefined {
    return this.byId.get(id);
  }

  /** Ids are never given twice, not even after a rollback, as with a database sequence. */
  nextId(): number {
    this.lastId += 1;
    return this.lastId;
  }

  nextRowId(): number {
    this.lastRowId += 1;
    return this.lastRowId;
  }

  /** Makes sure that ids given from outside (a loaded dump) are not given again. */
  reserve(recordId: number, rowId: number): void {
    this.lastId = Math.max(this.lastId, recordId);
    this.lastRowId = Math.max(this.lastRowId, rowId);
  }

  insert(id: number, record: KintoneRecord): void {
    const last = this.ids[this.ids.length - 1];
    if (last === undefined || last < id) {
      this.ids.push(id);
    } else {
      const at = this.lowerBound(id);
      if (this.ids[at] !== id) this.ids.splice(at, 0, id);
    }
    this.byId.set(id, record);
    this.index.add(id, record);
    this.undo.record(() => {
      this.index.remove(id, record);
      this.byId.delete(id);
      if (this.ids[this.ids.length - 1] === id) this.ids.pop();
    });
  }

  update(id: number, record: KintoneRecord): void {
    const before = this.byId.get(id);
    if (before === undefined) return;
    this.replace(id, before, record);
    this.undo.record(() => this.replace(id, record, before));
  }

  delete(id: number): void {
    const before = this.byId.get(id);
    if (before === undefined) return;
    this.byId.delete(id);
    this.index.remove(id, before);
    this.undo.record(() => {
      this.byId.set(id, before);
      this.index.add(id, before);
    });
  }

  /** Living records with `first <= id <= last`, ascending or descending by id. */
  *range(first = 1, last = Number.MAX_SAFE_INTEGER, descending = false): Generator<KintoneRecord> {
    const from = this.lowerBound(first);
    const to = this.lowerBound(last + 1);
    if (descending) {
      for (let at = to - 1; at >= from; at -= 1) {
        const record = this.byId.get(this.ids[at]!);
        if (record !== undefined) yield record;
      }
      return;
    }
    for (let at = from; at < to; at += 1) {
      const record = this.byId.get(this.ids[at]!);
      if (record !== undefined) yield record;
    }
  }

  /**
   * Forgets the ids of deleted records once they are the majority. Only between transactions: taking back a
   * delete relies on the id still being there.
   */
  compact(): void {
    if (this.ids.length > 64 && this.ids.length > this.byId.size * 2) {
      this.ids = this.ids.filter((id) => this.byId.has(id));
    }
  }

  /**
   * Prepares to replace all records at once, when a deployed form renames, adds or drops fields or changes
   * which values must be unique. Returns the step that does it, or null when values of a unique field
   * collide; nothing changes before the step is taken.
   */
  prepareRebuild(
    uniqueCodes: readonly string[],
    convert: (record: KintoneRecord) => KintoneRecord,
  ): (() => void) | null {
    const index = new UniqueIndex(uniqueCodes);
    const converted: [number, KintoneRecord][] = [];
    for (const [id, record] of this.byId) {
      const next = convert(record);
      if (index.collisions(id, next).length > 0) return null;
      index.add(id, next);
      converted.push([id, next]);
    }
    return () => {
      for (const [id, record] of converted) this.byId.set(id, record);
      this.index = index;
    };
  }

  private replace(id: number, before: KintoneRecord, after: KintoneRecord): void {
    this.index.remove(id, before);
    this.byId.set(id, after);
    this.index.add(id, after);
  }

  private lowerBound(id: number): number {
    let low = 0;
    let high = this.ids.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
