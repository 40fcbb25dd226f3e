import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';
import { randomUUID } from 'node:crypto';

import type { Outgoing } from '../shared/operation';
import { asciiJson } from '../shared/problem';
import { multipart, type InputFile, type Multipart } from '../shared/transfer';

/** The version of the API that this node is written for (GDE API manual v1.2). */
export const API_VERSION = '220805';

const LONGEST_FILE_NAME = 255;

/** The text of the part `data`: the one place where the password is put into a request. ASCII alone, since the part names no character set. */
function dataOf(parameters: unknown, { username, password, apiVersion }: ICredentialDataDecryptedObject): string {
	return asciiJson({ parameters: { version: String(apiVersion || API_VERSION), ...(parameters as object) }, auth: { username, pw: password } });
}

/** The form that every call of the API wants: its parameters and the log-in as JSON, then the files. */
export function form(parameters: unknown, parts: Outgoing['parts'], credential: ICredentialDataDecryptedObject): Multipart {
	const files = parts.map(({ name, file }) => ({ name, file: { ...file, name: plainName(file), mimeType: 'application/octet-stream' } }));
	return multipart({ data: dataOf(parameters, credential) }, files);
}

/** A name that survives in the header of a part; the service does not care for it. */
function plainName({ name }: InputFile): string {
	const plain = name.replace(/[^\w.+-]/g, '_').replace(/\.zip$/i, '').slice(0, LONGEST_FILE_NAME - '.zip'.length);
	return `${plain}.zip`;
}

/** Makes the form of a JSON body, for the credential test and for calls by n8n's HTTP Request node. */
export function asForm(request: IHttpRequestOptions, credential: ICredentialDataDecryptedObject): IHttpRequestOptions {
	const boundary = `genomics-${randomUUID()}`;
	const body = `--${boundary}\r\nContent-Disposition: form-data; name="data"\r\n\r\n${dataOf(request.body, credential)}\r\n--${boundary}--\r\n`;
	return { ...request, method: 'POST', body, headers: { ...request.headers, 'content-type': `multipart/form-data; boundary=${boundary}` } };
}
