/** Texts to integers. */

const FIRST_SIZE = 1024;
/** Longer texts are told apart by this many of their characters, spread over the text, and by their length. */
const HASHED_CHARACTERS = 64;

/**
 * Numbers texts by first appearance. Open addressing in typed arrays: for the hundreds of thousands of keys
 * of a join it takes a quarter of the time and of the memory of a Map.
 */
export class TextIndex {
  private readonly texts: string[];
  private hashes: Int32Array;
  private slots: Int32Array;
  private mask: number;

  constructor() {
    this.texts = [];
    this.hashes = new Int32Array(FIRST_SIZE >> 1);
    this.slots = new Int32Array(FIRST_SIZE).fill(-1);
    this.mask = FIRST_SIZE - 1;
  }

  get size(): number {
    return this.texts.length;
  }

  add(text: string): number {
    const hash = hashOf(text);
    const slot = this.slotOf(text, hash);
    const known = this.slots[slot] as number;
    if (known >= 0) return known;
    const code = this.texts.length;
    this.texts.push(text);
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.texts.length === this.hashes.length) this.grow();
    return code;
  }

  /** The code of a text, or -1. */
  find(text: string): number {
    return this.slots[this.slotOf(text, hashOf(text))] as number;
  }

  private slotOf(text: string, hash: number): number {
    const { slots, hashes, texts, mask } = this;
    let slot = hash & mask;
    for (;;) {
      const code = slots[slot] as number;
      if (code < 0 || (hashes[code] === hash && texts[code] === text)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  /** Doubles the table when it is half full. */
  private grow(): void {
    const size = 2 * (this.mask + 1);
    const hashes = new Int32Array(size >> 1);
    hashes.set(this.hashes);
    this.hashes = hashes;
    this.slots = new Int32Array(size).fill(-1);
    this.mask = size - 1;
    for (let code = 0; code < this.texts.length; code++) {
      let slot = (hashes[code] as number) & this.mask;
      while ((this.slots[slot] as number) >= 0) slot = (slot + 1) & this.mask;
      this.slots[slot] = code;
    }
  }
}

/** Finds texts in a list of distinct ones, such as a dictionary, which is not copied. */
export class DistinctTexts {
  private readonly texts: readonly string[];
  private readonly hashes: Int32Array;
  private readonly slots: Int32Array;
  private readonly mask: number;

  constructor(texts: readonly string[]) {
    let size = 16;
    while (size < 2 * texts.length) size *= 2;
    this.texts = texts;
    this.hashes = new Int32Array(texts.length);
    this.slots = new Int32Array(size).fill(-1);
    this.mask = size - 1;
  }

  /** To be called for every part of the list before anything is looked up. */
  place(start: number, end: number): void {
    const { texts, hashes, slots, mask } = this;
    for (let code = start; code < end; code++) {
      const hash = hashOf(texts[code] as string);
      hashes[code] = hash;
      let slot = hash & mask;
      while ((slots[slot] as number) >= 0) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
  }

  /** Writes the place in the list of each of `wanted`, or -1, from `start` to `end`. */
  findInto(places: Int32Array, wanted: readonly string[], start: number, end: number): void {
    const { texts, hashes, slots, mask } = this;
    for (let at = start; at < end; at++) {
      const text = wanted[at] as string;
      const hash = hashOf(text);
      let slot = hash & mask;
      for (;;) {
        const code = slots[slot] as number;
        if (code < 0 || (hashes[code] === hash && texts[code] === text)) break;
        slot = (slot + 1) & mask;
      }
      places[at] = slots[slot] as number;
    }
  }
}

function hashOf(text: string): number {
  const { length } = text;
  let hash = length;
  if (length <= HASHED_CHARACTERS) {
    for (let index = 0; index < length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  } else {
    for (let part = 0; part < HASHED_CHARACTERS; part++) {
      const index = Math.floor((part * (length - 1)) / (HASHED_CHARACTERS - 1));
      hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
    }
  }
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x85ebca6b);
  return hash ^ (hash >>> 13);
}
