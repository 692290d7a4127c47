import { RecordTable } from './recordTable';
import type { ApiToken, AppSide, Comment, DeployStatus, Entity } from './types';
import type { UndoLog } from './undoLog';

/** One deploy on its way from the test environment to the live app. */
export interface DeployJob {
  status: DeployStatus;
  /** Answers "PROCESSING" this many times before it is carried out. */
  pollsLeft: number;
  /** Carried out at the latest when the clock reaches this. */
  dueMs: number;
  revert: boolean;
  /** Apps deployed by the same request: one failure restores all. */
  group: string[];
}

/** An app with its live settings (null before the first deploy), its prepared settings and its records. */
export class App {
  readonly id: string;
  code = '';
  spaceId: string | null;
  threadId: string | null;
  readonly createdAt: string;
  readonly creator: Entity;
  modifiedAt: string;
  modifier: Entity;
  live: AppSide | null = null;
  preview: AppSide;
  /** Code of the field in the live form for each field of the prepared form that existed there. */
  previewOrigins = new Map<string, string>();
  deploy: DeployJob | null = null;
  tokens: ApiToken[] = [];
  readonly records: RecordTable;
  /** By record id, oldest first. */
  readonly comments = new Map<number, Comment[]>();
  lastCommentId = 0;

  constructor(options: {
    id: string;
    spaceId: string | null;
    threadId: string | null;
    createdAt: string;
    creator: Entity;
    preview: AppSide;
    undo: UndoLog;
  }) {
    this.id = options.id;
    this.spaceId = options.spaceId;
    this.threadId = options.threadId;
    this.createdAt = options.createdAt;
    this.creator = options.creator;
    this.modifiedAt = options.createdAt;
    this.modifier = options.creator;
    this.preview = options.preview;
    this.records = new RecordTable(options.undo);
  }

  get name(): string {
    return (this.live ?? this.preview).settings.name;
  }
}
