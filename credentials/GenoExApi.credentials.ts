import type { ICredentialDataDecryptedObject, ICredentialTestRequest, ICredentialType, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';

import { ADDRESS_EXPRESSION, apiAddress } from '../nodes/GenoEx/address';
import { API_VERSION, asForm } from '../nodes/GenoEx/form';

export class GenoExApi implements ICredentialType {
	name = 'genoExApi';

	displayName = 'GenoEx API';

	icon = { light: 'file:../icons/genoex.svg', dark: 'file:../icons/genoex.dark.svg' } as const;

	documentationUrl = 'https://github.com/n8n-nodes-genomics/n8n-nodes-genomics/blob/main/docs/genoex.md#credentials';

	properties: INodeProperties[] = [
		{ displayName: 'User Name', name: 'username', type: 'string', default: '', required: true, placeholder: 'e.g. name@organization.org', description: 'The e-mail address of your login at GenoEx' },
		{ displayName: 'Password', name: 'password', type: 'string', typeOptions: { password: true }, default: '', required: true },
		{ displayName: 'Base URL', name: 'url', type: 'string', default: 'https://genoex.org', description: 'Address of GenoEx; the password is only sent over https' },
		{ displayName: 'API Version', name: 'apiVersion', type: 'string', default: API_VERSION, description: 'Change it only if Interbull asks for another one' },
	];

	/** The log-in travels in the form of each request, so the body is made anew; not at an address without encryption, for which this throws. */
	authenticate = async (credential: ICredentialDataDecryptedObject, request: IHttpRequestOptions): Promise<IHttpRequestOptions> => {
		apiAddress(credential, '');
		return asForm(request, credential);
	};

	/** GenoEx tells inside its answer whether it accepts the log-in; an answer of somebody else has no such word. */
	test: ICredentialTestRequest = {
		request: { baseURL: ADDRESS_EXPRESSION, url: '/gde_get_parameters', method: 'POST', body: {}, disableFollowRedirect: true },
		rules: [
			{ type: 'responseSuccessBody', properties: { key: 'status', value: false, message: 'GenoEx did not accept user name and password' } },
			{ type: 'responseSuccessBody', properties: { key: 'status', value: undefined, message: 'This is not the API of GenoEx: check "Base URL"' } },
		],
	};
}
