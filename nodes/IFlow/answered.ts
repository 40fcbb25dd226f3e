import type { IDataObject } from 'n8n-workflow';

/** What a call gives out that answers with nothing on some servers and with JSON on others (contract, trap T24): the result, with what was answered. */
export const answered = (result: IDataObject, answer: unknown): IDataObject => ({ ...result, ...(typeof answer === 'object' && !Array.isArray(answer) && answer) });
