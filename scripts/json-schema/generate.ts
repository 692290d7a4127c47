import { toJsonSchema } from '@valibot/to-json-schema';
import {
  AppRefSchema,
  CommandSchema,
  ConditionGroupSchema,
  ConditionValueSchema,
  ExecutionUnitSchema,
  FieldConditionSchema,
  FlowSchema,
  JsonSchema,
  SettingsSchema,
} from '../../src/definition/schema';

/** The published JSON Schema (draft 2020-12) of an exported settings file, as text with a final newline. */
export function settingsJsonSchemaText(): string {
  const schema = toJsonSchema(SettingsSchema, {
    target: 'draft-2020-12',
    // A pipe that checks before it decodes is described by what it decodes.
    typeMode: 'output',
    // Trimming and function checks happen while decoding; a schema can only state the shape.
    ignoreActions: ['trim', 'check'],
    definitions: {
      AppRef: AppRefSchema,
      Command: CommandSchema,
      ConditionGroup: ConditionGroupSchema,
      ConditionValue: ConditionValueSchema,
      ExecutionUnit: ExecutionUnitSchema,
      FieldCondition: FieldConditionSchema,
      Flow: FlowSchema,
      Json: JsonSchema,
    },
  });
  return `${JSON.stringify({ title: 'Nagare settings', ...schema }, null, 2)}\n`;
}
