import type { StoredFile } from '../../store/types';
import type { ApiContext } from '../context';
import { ApiError } from '../errors';
import { type Params, requiredString } from '../params';
import type { ApiRequest } from '../types';

/** POST file.json (multipart, one `file`) → `{fileKey}`; the key only serves to attach the file. */
export function uploadFile(context: ApiContext, upload: ApiRequest['upload']): unknown {
  if (upload === undefined) {
    throw new ApiError('CB_VA01', {}, [{ key: 'file', message: 'required' }]);
  }
  return { fileKey: context.store.files.upload(upload) };
}

/** Bytes of GET file.json; an upload key finds nothing here, as in kintone. */
export class FileReply {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;

  constructor(file: StoredFile) {
    this.bytes = file.bytes;
    this.headers = {
      'content-type': file.contentType,
      // An attached HTML file must not run as a page of this origin.
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`,
      'x-content-type-options': 'nosniff',
    };
  }
}

export function downloadFile(context: ApiContext, params: Params): FileReply {
  const key = requiredString(params, 'fileKey');
  const file = context.store.files.download(key);
  if (file === undefined) throw new ApiError('GAIA_BL01', { id: key });
  return new FileReply(file);
}
