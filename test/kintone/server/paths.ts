/** A REST path taken apart: `/k/guest/3/v1/preview/app/form/fields.json` and its shorter forms. */
export interface ApiPath {
  readonly guestSpaceId: string | null;
  readonly preview: boolean;
  /** `app/form/fields`; `user/users` for the user API, which lives outside `/k/`. */
  readonly name: string;
}

const pattern = /^\/k\/(?:guest\/(\d+)\/)?v1\/(preview\/)?([a-zA-Z/]+)\.json$/;

const userApiPattern = /^\/v1\/(users|organizations|groups)\.json$/;

/** Whether a path belongs to the REST API at all. */
export function isRestPath(path: string): boolean {
  return /^\/k\/(guest\/\d+\/)?v1\//.test(path) || path.startsWith('/v1/');
}

/** Null for a path that is not of that form. */
export function readApiPath(path: string): ApiPath | null {
  const userApi = userApiPattern.exec(path);
  if (userApi !== null) return { guestSpaceId: null, preview: false, name: `user/${userApi[1]}` };
  const match = pattern.exec(path);
  if (match === null) return null;
  return { guestSpaceId: match[1] ?? null, preview: match[2] !== undefined, name: match[3]! };
}
