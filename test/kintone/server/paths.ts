/** A REST path taken apart: `/k/guest/3/v1/preview/app/form/fields.json` and its shorter forms. */
export interface ApiPath {
  readonly guestSpaceId: string | null;
  readonly preview: boolean;
  /** `app/form/fields`. */
  readonly name: string;
}

const pattern = /^\/k\/(?:guest\/(\d+)\/)?v1\/(preview\/)?([a-zA-Z/]+)\.json$/;

export function readApiPath(path: string): ApiPath | null {
  const match = pattern.exec(path);
  if (match === null) return null;
  return { guestSpaceId: match[1] ?? null, preview: match[2] !== undefined, name: match[3]! };
}
