/** Texts as UTF-8 bytes to dictionary codes: a string is made once per distinct text, not once per cell. */
import type { TextColumnBuilder } from './builder';

/** Longer texts hardly ever repeat; they are not worth a second copy in the arena. */
export const MAX_DICTIONARY_BYTES = 256;

/** Bytes are hashed and compared in words of four; a reader of the last word takes up to three bytes more. */
export const WORD_BYTES = 4;
export const HASH_SEED = 0x811c9dc5 | 0;

/** The hash after one more word. Every bit of the word reaches the low half of the hash. */
export function hashWord(hash: number, word: number): number {
  const mixed = Math.imul(hash ^ word, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** The first `count` (0 to 3) bytes of a little-endian word. */
export const firstBytes = (word: number, count: number): number => word & ((1 << (8 * count)) - 1);

/** "ignoreBOM": a text may begin with U+FEFF, and it must stay. "fatal": replaced bytes would be invented data. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Throws TypeError for bytes that are not UTF-8. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  return decoder.decode(bytes.subarray(start, end));
}

/**
 * Bytes to small integers, by first appearance: open addressing over one arena that holds the bytes of
 * every distinct entry, each followed by a zero byte.
 */
export class ByteIndex {
  private arena: Uint8Array<ArrayBuffer> = new Uint8Array(4096);
  private words = new DataView(this.arena.buffer);
  private used = 0;
  /** Where entry i starts in the arena; one more than there are entries. */
  private offsets = new Int32Array(257);
  private hashes = new Int32Array(256);
  private slots = new Int32Array(512).fill(-1);
  private mask = 511;
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** The number of an entry, or -1. Up to three bytes after `end` are looked at, so they must exist. */
  find(view: DataView, start: number, end: number, hash: number): number {
    const { slots, mask, hashes, offsets, words } = this;
    const length = end - start;
    const whole = length & -WORD_BYTES;
    let slot = spread(hash) & mask;
    for (;;) {
      const entry = slots[slot] as number;
      if (entry < 0) return -1;
      const offset = offsets[entry] as number;
      if (hashes[entry] === hash && (offsets[entry + 1] as number) - offset - 1 === length) {
        let at = 0;
        while (at < whole && words.getInt32(offset + at, true) === view.getInt32(start + at, true)) {
          at += WORD_BYTES;
        }
        if (at === whole) {
          if (whole === length) return entry;
          const difference = words.getInt32(offset + at, true) ^ view.getInt32(start + at, true);
          if (firstBytes(difference, length - whole) === 0) return entry;
        }
      }
      slot = (slot + 1) & mask;
    }
  }

  /** Adds an entry that `find` has not found; answers its number. As `find`, it looks at bytes after `end`. */
  add(view: DataView, start: number, end: number, hash: number): number {
    const entry = this.count;
    const needed = this.used + end - start + 1;
    if (needed + WORD_BYTES > this.arena.length) {
      const grown = new Uint8Array(Math.max(needed + WORD_BYTES, 2 * this.arena.length));
      grown.set(this.arena.subarray(0, this.used));
      this.arena = grown;
      this.words = new DataView(grown.buffer);
    }
    const { arena, words } = this;
    let to = this.used;
    for (let from = start; from < end; from += WORD_BYTES) {
      words.setInt32(to, view.getInt32(from, true), true);
      to += WORD_BYTES;
    }
    arena[needed - 1] = 0;
    this.used = needed;
    if (entry + 2 > this.offsets.length) this.growEntries();
    this.offsets[entry + 1] = needed;
    this.hashes[entry] = hash;
    this.count++;
    this.place(entry);
    if (2 * this.count > this.mask) this.rehash();
    return entry;
  }

  /** Bytes of the entries from one on, with a zero byte between them. */
  bytesFrom(entry: number): Uint8Array {
    return this.arena.subarray(this.offsets[entry] as number, Math.max(0, this.used - 1));
  }

  private place(entry: number): void {
    let slot = spread(this.hashes[entry] as number) & this.mask;
    while ((this.slots[slot] as number) >= 0) slot = (slot + 1) & this.mask;
    this.slots[slot] = entry;
  }

  private growEntries(): void {
    const offsets = new Int32Array(2 * this.offsets.length);
    offsets.set(this.offsets);
    this.offsets = offsets;
    const hashes = new Int32Array(offsets.length);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }

  private rehash(): void {
    const size = 2 * (this.mask + 1);
    this.slots = new Int32Array(size).fill(-1);
    this.mask = size - 1;
    for (let entry = 0; entry < this.count; entry++) this.place(entry);
  }
}

/** The last word changes the lowest bits least; neighbouring texts would otherwise share long chains. */
function spread(hash: number): number {
  const mixed = Math.imul(hash, 0x85ebca6b);
  return mixed ^ (mixed >>> 16);
}

/**
 * Appends texts given as bytes to a text column. New texts wait in the arena and become strings together:
 * one call of the decoder per page instead of one per text.
 */
export class ByteTexts {
  private readonly index = new ByteIndex();
  /** Code in the column's dictionary by entry, once they are no longer the same numbers. */
  private codeOf: Int32Array | null = null;
  /** First entry that is not yet a string. */
  private decoded = 0;
  private readonly builder: TextColumnBuilder;

  constructor(builder: TextColumnBuilder) {
    this.builder = builder;
  }

  /** `hash` is of bytes[start..end), which are not empty and hold no control character. Throws TypeError for bytes that are not UTF-8. */
  append(bytes: Uint8Array, view: DataView, start: number, end: number, hash: number): void {
    const entry = this.index.find(view, start, end, hash);
    if (entry >= 0) {
      this.builder.appendCode(this.codeOf === null ? entry : (this.codeOf[entry] as number));
      return;
    }
    if (this.codeOf === null && this.builder.size === this.decoded) {
      this.builder.appendCode(this.index.add(view, start, end, hash));
      return;
    }
    // Strings came in between: from here on the column's own index of strings has the last word.
    const code = this.builder.code(decodeUtf8(bytes, start, end));
    this.noteCode(this.index.add(view, start, end, hash), code);
    this.builder.appendCode(code);
  }

  /** Makes the waiting texts strings; to be called before the builder gets a string and at the end of a page. */
  flush(): void {
    const { index, builder } = this;
    if (this.codeOf === null && this.decoded < index.size) {
      const texts = decoder.decode(index.bytesFrom(this.decoded)).split('\0');
      for (const text of texts) builder.addDistinct(text);
      this.decoded = index.size;
    }
  }

  private noteCode(entry: number, code: number): void {
    if (this.codeOf === null) {
      this.codeOf = Int32Array.from({ length: Math.max(256, 2 * entry) }, (_, known) => known);
    } else if (entry >= this.codeOf.length) {
      const grown = new Int32Array(2 * entry);
      grown.set(this.codeOf);
      this.codeOf = grown;
    }
    this.codeOf[entry] = code;
  }
}
