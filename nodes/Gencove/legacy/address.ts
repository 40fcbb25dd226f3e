import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { hostExpression, hostOf } from '../address';

/** Hosts of the first generation. */
const HOSTS: Record<string, string> = {
	production: 'https://rest.gencove.com',
	staging: 'https://rest-staging.gencove.com',
};

/** The absolute address of a path of the first generation, which has no prefix. */
export const legacyAddress = (credential: ICredentialDataDecryptedObject, path: string): string => `${hostOf(credential, HOSTS, 'Gencove Legacy')}/${path}`;

export const LEGACY_ADDRESS_EXPRESSION = `={{ ${hostExpression(HOSTS)} }}`;
