import type { FileValue, StoredFile } from './types';

/**
 * Uploaded bytes. A key from an upload only serves to attach the file; the key that downloads it is a
 * different one, found in the record. Both kinds are kept apart as in kintone.
 */
export class FileStore {
  private readonly uploaded = new Map<string, StoredFile>();
  private readonly attached = new Map<string, StoredFile>();
  private lastKey = 0;

  upload(file: StoredFile): string {
    const key = this.newKey('upload');
    this.uploaded.set(key, file);
    return key;
  }

  /** The uploaded file of a key that only serves to attach, or undefined. */
  findUpload(key: string): StoredFile | undefined {
    return this.uploaded.get(key);
  }

  /** Turns an upload key into the value a record holds; a key already in a record keeps its value. */
  attach(key: string): FileValue | null {
    const file = this.uploaded.get(key) ?? this.attached.get(key);
    if (file === undefined) return null;
    const recordKey = this.attached.has(key) ? key : this.newKey('record');
    this.attached.set(recordKey, file);
    return {
      contentType: file.contentType,
      fileKey: recordKey,
      name: file.name,
      size: String(file.bytes.byteLength),
    };
  }

  download(key: string): StoredFile | undefined {
    return this.attached.get(key);
  }

  private newKey(kind: string): string {
    this.lastKey += 1;
    return `${kind}-${this.lastKey.toString().padStart(6, '0')}-${(this.lastKey * 2654435761).toString(16)}`;
  }
}
