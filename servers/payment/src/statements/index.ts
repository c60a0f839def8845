export { openStatement, statementPages } from './statement.ts';
export { statementCsv } from './statement-csv.ts';
