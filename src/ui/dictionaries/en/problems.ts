import { type Shape, failureText as text } from '../../i18n';
import type { problems as ja } from '../ja/problems';
import { connectorProblems } from './connector';
import { httpProblems } from './http-command';
import { startProblems } from './start-command';
import { unitProblems } from './unit-problems';

/** See the Japanese dictionary, which is the type of this one. */
export const problems = {
  ...httpProblems,
  ...connectorProblems,
  ...unitProblems,
  ...startProblems,
  unitIdDuplicate: text(
    'Another execution unit has the same ID.',
    'Duplicate one of them and delete the original.',
  ),
  unitNameDuplicate: text(
    'Another execution unit is also named "{name}".',
    'Rename one so that they can be told apart in the log.',
  ),
  unitWithoutFlows: text('There is no flow to run.', 'Add a flow.'),
  unitFlowUnknown: text(
    'An assigned flow does not exist ({flowId}).',
    'Take it out of the list, or import the settings file again.',
  ),
  unitFlowRepeated: text('The flow "{name}" is listed twice.', 'Take one of them out.'),
  buttonSpaceBlank: text('No space is chosen for the button.', 'Choose an element ID.'),
  buttonUserBlank: text(
    'The code of a user, group or department is blank.',
    'Enter the code or remove the row.',
  ),
  buttonConditionBlank: text('A display condition has no field.', 'Choose a field or remove the condition.'),
  flowIdDuplicate: text('Another flow has the same ID.', 'Duplicate one of them and delete the original.'),
  flowNameDuplicate: text(
    'Another flow is also named "{name}".',
    'Rename one so that they can be told apart.',
  ),
  flowUnused: text('The flow "{name}" is not used by any execution unit.'),
  logAppNotChosen: text(
    'An execution unit is enabled, but there is no log app.',
    'Create or choose one in the "Log app" tab.',
  ),
  flowWithoutInput: text('There is no input command.', 'Add "Input app" or "Calling record".'),
  flowWithoutOutput: text('There is no output command.', 'Add "Output app".'),
  flowNotConnected: text(
    'The commands are not connected; there are {parts} separate parts.',
    'Choose the inputs again, or make separate flows.',
  ),
  valueTwice: text(
    'There is more than one "Result value". A flow returns one.',
    'Put the rows together with "Append", or remove one.',
  ),
  leadsNowhere: text(
    'No output uses the result of this command.',
    'Choose it as the input of a later command, or remove it.',
  ),
  commandIdTwice: text('Another command has the same ID.', 'Duplicate it and delete the original.'),
  inputMissing: text('Inputs are missing ({wanted} needed).', 'Choose an earlier command as input.'),
  inputTooMany: text('There are too many inputs ({wanted} at most).', 'Add the command again.'),
  inputUnknown: text('The command chosen as input does not exist.', 'Choose the input again.'),
  inputLater: text('The command chosen as input comes after this one.', 'Choose an earlier command.'),
  appNotChosen: text('No app is chosen.', 'Choose an app.'),
  appNotVisible: text(
    'App {app} was deleted or you may not view it.',
    'The settings are kept. Check the permission or choose another app.',
  ),
  appLoading: text('Loading the fields of app {app}.'),
  callingAppUnknown: text('The fields of this app are not known yet.', 'Press "Reload app information".'),
  columnNotChosen: text('No column is chosen.', 'Choose a column.'),
  columnMissing: text(
    'The column "{column}" does not exist.',
    'Check the earlier commands or choose another column.',
  ),
  columnNameBlank: text('The column name is blank.', 'Enter a name.'),
  columnNameTaken: text('The column name "{column}" is already in use.', 'Use another name.'),
  fieldMissing: text(
    'The field "{field}" does not exist.',
    'It was deleted or its code has changed. Choose again.',
  ),
  fieldTwice: text('The field "{field}" is chosen twice.', 'Take one of them out.'),
  renameUnused: text(
    'The column "{column}" to be renamed is not read.',
    'Choose the field or remove the row.',
  ),
  tableMissing: text('The table "{table}" does not exist.', 'Choose again.'),
  tableNotChosen: text('No table is chosen.', 'Choose a table.'),
  notATable: text('The column "{column}" is not a table ({type}).', 'Choose a table.'),
  tableKept: text(
    'The table "{column}" that is expanded cannot be kept as well.',
    'Take it out of the kept columns.',
  ),
  conditionEmpty: text('There is no condition.', 'Add a condition.'),
  conditionOperatorNotUsable: text(
    'This comparison does not fit the column "{column}" ({type}).',
    'Choose another comparison.',
  ),
  conditionValueMissing: text('The condition on "{column}" has no value.', 'Enter a value.'),
  conditionValueInvalid: text('"{value}" is no value for "{field}" ({type}).', 'Correct the value.'),
  conditionOptionUnknown: text(
    '"{value}" is not an option of "{column}".',
    'Check whether the option was renamed.',
  ),
  conditionPeriodNotUsable: text(
    'A period does not fit the column "{column}" ({type}).',
    'Give a value or choose a date column.',
  ),
  keysMissing: text('There is no key.', 'Add a key.'),
  keyTypeUnsuitable: text('"{column}" ({type}) cannot be a key.', 'Choose a text, number or date.'),
  keyTypesDiffer: text(
    'The keys have different types ({left}: {leftType}, {right}: {rightType}).',
    'Choose columns of one type, or convert one before.',
  ),
  unionColumnsDropped: text(
    'Some columns are not in the result ({columns}).',
    'If you need them, choose all columns of both.',
  ),
  unionTypesDiffer: text(
    'The column "{column}" has different types on the two sides ({first}, {second}).',
    'Change its type or name in an earlier command.',
  ),
  nothingShared: text('The two inputs have no column in common.', 'Choose other result columns.'),
  sortTypeUnsuitable: text('Rows cannot be sorted by "{column}" ({type}).', 'Choose another column.'),
  sortKeyTwice: text('The column "{column}" is a key twice.', 'Remove one of them.'),
  groupEmpty: text('There is neither a group column nor an aggregate.', 'Add one of them.'),
  groupTypeUnsuitable: text('Rows cannot be grouped by "{column}" ({type}).', 'Choose another column.'),
  aggregateTypeUnsuitable: text(
    'This aggregate does not fit the column "{column}" ({type}).',
    'Choose another method or column.',
  ),
  pivotTypeUnsuitable: text(
    'The values of column "{column}" ({type}) cannot become columns.',
    'Choose a text, single choice, number or date column.',
  ),
  pivotValuesMissing: text('No values become columns.', 'Write the values, or take the options.'),
  pivotValueInvalid: text('"{value}" is no value of type {type}.', 'Correct the value.'),
  pivotValueTwice: text('"{value}" is listed twice.', 'Remove one of them.'),
  pivotCellsMissing: text('Nothing stands in the new columns.', 'Add a value.'),
  pivotNameWithoutValue: text(
    'The column name lacks "{mark}", so all new columns would have one name.',
    'Put "{mark}" somewhere into the name.',
  ),
  pivotTooManyColumns: text(
    'There would be {count} new columns ({limit} at most).',
    'List fewer values, or raise the limit.',
  ),
  pivotOptionsMissing: text(
    'The options "{options}" are not among the values that become columns.',
    'Add them, or gather other values in one column.',
  ),
  unpivotEmpty: text('No columns become rows.', 'Add a column.'),
  unpivotTypeUnsuitable: text('Column "{column}" ({type}) cannot become rows.', 'Expand the table before.'),
  unpivotTypesDiffer: text(
    'Column "{column}" ({second}) has another type than the first one ({first}).',
    'Let all become text, or convert the columns before.',
  ),
  unpivotMoreTooMany: text(
    'There are {given} further columns but {wanted} further value columns.',
    'Add value columns, or remove the columns that are too many.',
  ),
  unpivotNameTwice: text('Two columns have the text "{name}".', 'Change one so that they can be told apart.'),
  windowEmpty: text('No columns are added.', 'Add a column.'),
  windowTypeUnsuitable: text(
    'This method cannot be used on column "{column}" ({type}).',
    'Choose another method or column.',
  ),
  windowOrderMissing: text(
    'No order is set, so the rows are taken as they stand.',
    'Set an order, such as a date.',
  ),
  selectEmpty: text('No column would be left.', 'Add columns.'),
  editEmpty: text('There is nothing to edit.', 'Add an edit.'),
  editTypeUnsuitable: text(
    'This method does not fit the column "{column}" ({type}).',
    'Choose another method or column.',
  ),
  conversionImpossible: text('{from} cannot be turned into {to}.', 'Choose another result type.'),
  searchBlank: text('The text to search for is blank.', 'Enter a text.'),
  fillValueBlank: text('The value to fill in is blank.', 'Enter a value.'),
  fillValueInvalid: text('"{value}" is no value of type {type}.', 'Correct the value.'),
  mappingEmpty: text('There is no mapping.', 'Add pairs of a column and a field.'),
  mappedTwice: text('Two columns are mapped to the field "{field}".', 'Remove one of them.'),
  mappingTypesDiffer: text(
    'The column "{column}" ({from}) cannot be written into "{field}" ({to}).',
    'Choose a field of a fitting type.',
  ),
  mappingLosesData: text(
    'Writing the column "{column}" ({from}) into "{field}" ({to}) would lose part of the values.',
    'Take out the part you need with "Edit data".',
  ),
  mappingConverts: text(
    'The column "{column}" ({from}) is converted for "{field}" ({to}).',
    'A value that cannot be converted stops the run.',
  ),
  optionsMissing: text(
    'The options {options} of "{column}" do not exist in "{field}".',
    'Add the options to the field, or replace the values.',
  ),
  outputFieldNotChosen: text('No field is chosen to write into.', 'Choose a field.'),
  outputFieldMissing: text('The output app has no field "{field}".', 'Choose again.'),
  fieldInTable: text(
    'The field "{field}" is inside the table "{table}".',
    'Map a table column to the table.',
  ),
  fieldCalculated: text('The field "{field}" is calculated and cannot be written.', 'Choose another field.'),
  fieldSetByKintone: text(
    'The field "{field}" is set by kintone and cannot be written.',
    'Choose another field.',
  ),
  fieldFilledByLookup: text(
    'The field "{field}" is filled by the lookup "{lookup}".',
    'Write into the lookup field instead.',
  ),
  fieldHoldsNoValue: text('The field "{field}" holds no value.', 'Choose another field.'),
  filesNotWritable: text('The attachment field "{field}" cannot be written.', 'Take it out of the mapping.'),
  tableFieldsDiffer: text(
    'The column "{column}" and the table "{field}" share no field.',
    'Make the field codes inside the tables agree.',
  ),
  tableFieldsNotWritten: text('{fields} of "{column}" are not written: the target table does not have them.'),
  keyTwice: text('The field "{field}" is a key twice.', 'Take one of them out.'),
  keyNotMapped: text(
    'No column is mapped to the key "{field}".',
    'Add it to the mapping or take it out of the keys.',
  ),
  keyNotUnique: text(
    'The key "{field}" does not prohibit duplicate values.',
    'The run stops when several records have the same value.',
  ),
  nothingToUpdate: text(
    'There is no field to write besides the keys.',
    'Add the fields to update to the mapping.',
  ),
  mappingNotUsed: text('The field "{field}" is no key; deleting does not use it.'),
  addOptionRefused: text(
    'Options cannot be added automatically.',
    'Adding an option changes the settings of the app, which a run never does. Add it in the settings of the app, or choose to stop the run or to leave the field blank.',
  ),
  autoNumberMapped: text(
    'A column is mapped to the numbered field "{field}", too.',
    'Remove the mapping or the numbering.',
  ),
  autoNumberTypeUnsuitable: text(
    '"{field}" ({type}) cannot be used for numbering.',
    'Choose a single-line text or a number field.',
  ),
  autoNumberNotUnique: text(
    'The numbered field "{field}" does not prohibit duplicate values.',
    'Two runs at the same time could give a number twice. Prohibit duplicates in the settings of the app.',
  ),
  autoNumberTokenUnknown: text(
    '"{token}" cannot be used around numbers.',
    'These can, in braces: yyyy yy mm dd fy group',
  ),
  autoNumberPeriodMissing: text(
    'The numbers do not tell the periods apart.',
    'Put {tokens} before or after the number.',
  ),
  autoNumberCycleNumber: text(
    'Numbers of a number field cannot start again each period.',
    'Use a single-line text field, or no cycle.',
  ),
  autoNumberAffixIgnored: text('A number field takes the bare number; the texts around it are not used.'),
  autoNumberGroupNotMapped: text(
    'No column is mapped to the group field "{field}".',
    'Add it to the mapping.',
  ),
  autoNumberShared: text(
    'The sequence is shared with other apps. Runs into different apps at the same time may give one number twice.',
    'Do not run them at the same time, or put a different text before the number in each app.',
  ),
  autoNumberSharedGroup: text(
    'Numbers per group cannot be shared with other apps.',
    'Remove the group, or the shared apps.',
  ),
  autoNumberGroupBlank: text(
    'The number uses the group, but no group is chosen.',
    'Choose the field of the group, or remove {group}.',
  ),
  autoNumberGroupRepeats: text(
    'Groups repeat numbers, but "{field}" prohibits duplicate values.',
    'Put {group} before the number.',
  ),
  tableNotMapped: text('No table is mapped to "{field}".', 'Map a table to it, or remove this setting.'),
  tableTwice: text('The table "{field}" has two settings.', 'Remove one.'),
  tableKeyNotChosen: text('No key is chosen for the rows of "{field}".', 'Choose a field inside the table.'),
  tableKeyNotWritten: text(
    'The key "{key}" of the table "{field}" has no column in the result.',
    'Give the table of the result a column with that code.',
  ),
  processOff: text('Process management of the app is off.', 'Switch it on in the settings of the app.'),
  actionBlank: text('The name of the action is blank.', 'Enter the name of an action of the process.'),
  assigneeBlank: text('The login name of the next assignee is blank.', 'Enter it, or choose none.'),
  textColumnNeeded: text('The column "{column}" ({type}) cannot be used here.', 'Choose a text column.'),
  requiredNotMapped: text(
    'The required field "{field}" is not mapped.',
    'kintone will refuse added records.',
  ),
  lookupEmpty: text('There is no column to bring.', 'Add a column.'),
  nestEmpty: text('There is no column for the table.', 'Add a column.'),
  nestTypeUnsuitable: text(
    'The table "{column}" cannot stand inside a table.',
    'Expand it before, or make it a column of the record.',
  ),
  constantEmpty: text('There is no column to add.', 'Add a column.'),
  constantValueInvalid: text('"{value}" is no value of type {type}.', 'Correct the value.'),
  setTypeEmpty: text('There is no column to convert.', 'Add a column.'),
  firstOptionMissing: text(
    'There is no first option.',
    'Choose a radio button or drop-down, and enter its options.',
  ),
  checkEmpty: text('There is no check.', 'Add a check.'),
  checkTypeUnsuitable: text(
    'This check does not fit the column "{column}" ({type}).',
    'Choose another kind or column.',
  ),
  checkTypesDiffer: text(
    '"{column}" ({type}) and "{other}" ({otherType}) cannot be compared.',
    'Choose columns of one type, or convert one before.',
  ),
  rangeEmpty: text('The range has neither a minimum nor a maximum.', 'Enter one of them.'),
  optionsUnknown: text('"{column}" has no options.', 'Choose a field with options.'),
  patternEmpty: text('The regular expression is blank.', 'Enter one.'),
  patternTooLong: text('The regular expression is too long ({limit} characters at most).'),
  patternTooDeep: text('The regular expression is nested too deeply ({limit} levels at most).'),
  patternTooLarge: text('The regular expression repeats too much.', 'Lower the numbers in { }.'),
  patternUnclosed: text('"{found}" at position {position} of the regular expression is not closed.'),
  patternUnsupported: text(
    '"{found}" at position {position} of the regular expression cannot be used.',
    'Put a \\ before it to mean the character itself.',
  ),
  patternNothingToRepeat: text(
    'There is nothing to repeat before "{found}" at position {position} of the regular expression.',
  ),
  patternRangeReversed: text(
    'The range at position {position} of the regular expression is the wrong way round.',
  ),
  patternRepeatTooLarge: text(
    'The number at position {position} of the regular expression is too large ({limit} at most).',
  ),
  emptyFormula: text('The formula is blank.', 'Enter a formula.'),
  tooLong: text('The formula is too long ({limit} characters at most).', 'Split it into several edits.'),
  tooManyTokens: text('The formula has too many parts ({limit} at most).', 'Split it into several edits.'),
  tooDeep: text('The formula is nested too deeply ({limit} levels at most).', 'Split it into several edits.'),
  numberTooLong: text('A number has too many digits.'),
  unexpectedCharacter: text('The formula contains "{character}", which has no meaning there.'),
  unclosedText: text('A text has no closing quotation mark.'),
  unclosedBracket: text('A closing "]" is missing.'),
  unclosedParenthesis: text('A closing ")" is missing.'),
  unclosedParameter: text('The closing "%" of "{name}" is missing.'),
  emptyName: text('The brackets are empty.', 'Put a column name into them.'),
  parameterName: text('A name must follow the "%".'),
  nameStartsWithDigit: text(
    'The name "{name}" starts with a digit.',
    'Put column names like that into brackets.',
  ),
  missingOperator: text('An operator is missing before "{found}".'),
  expectedOperand: text('A value is missing (at "{found}").'),
  unexpectedParenthesis: text('There is a ")" too many.'),
  unexpectedComma: text('There is a "," too many.'),
  phoneticUnavailable: text(
    '{name} cannot be used. Readings are what was typed before the conversion, which kintone does not keep.',
    'Add a field for the reading to the app and use that field.',
  ),
  lookupElsewhere: text(
    '{name} is not a function of formulas.',
    'Use the command "Look up master" or "Join".',
  ),
  aggregateElsewhere: text(
    '{name} is not a function of formulas, which compute one row at a time.',
    'Use the commands "Filter" and "Group".',
  ),
  rankElsewhere: text('{name} is not a function of formulas.', 'Use the command "Rank".'),
  randomUnavailable: text(
    '{name} cannot be used: what is confirmed and what is written must be the same.',
    'Use a column with fixed values, or prepare the values in the app.',
  ),
  unknownFunction: text('There is no function "{name}".', 'Check the spelling.'),
  unknownField: text('There is no column "{name}".', 'Check the spelling or choose it from the list.'),
  unknownParameter: text(
    'The calling record has no value "{name}".',
    'Check the spelling or choose it from the list.',
  ),
  fieldInsideTable: text('The column "{name}" is inside the table "{table}".', 'Expand the table first.'),
  argumentCount: text('The function "{name}" does not take {count} arguments.', 'Usage: {name}({signature})'),
  typeMismatch: text('"{used}" needs {expected}, but gets {found}.'),
} satisfies Shape<typeof ja>;
