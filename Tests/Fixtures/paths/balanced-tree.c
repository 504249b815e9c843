#include <string.h>
#include <unistd.h>

/* A balanced tree that the child inserts into: pointer stores that may all meet the same few nodes. */
struct node {
	struct node *left, *right, *up;
	int red;
	const char *key;
};

struct tree {
	struct node *root;
};

static void turn_left(struct tree *tree, struct node *top)
{
	struct node *riser = top->right;

	if ((top->right = riser->left) != NULL)
		riser->left->up = top;
	if ((riser->up = top->up) != NULL) {
		if (top == top->up->left)
			top->up->left = riser;
		else
			top->up->right = riser;
	} else {
		tree->root = riser;
	}
	riser->left = top;
	top->up = riser;
}

static void turn_right(struct tree *tree, struct node *top)
{
	struct node *riser = top->left;

	if ((top->left = riser->right) != NULL)
		riser->right->up = top;
	if ((riser->up = top->up) != NULL) {
		if (top == top->up->left)
			top->up->left = riser;
		else
			top->up->right = riser;
	} else {
		tree->root = riser;
	}
	riser->right = top;
	top->up = riser;
}

static void recolour(struct tree *tree, struct node *at)
{
	struct node *parent, *grand, *uncle;

	while ((parent = at->up) != NULL && parent->red) {
		grand = parent->up;
		if (parent == grand->left) {
			uncle = grand->right;
			if (uncle != NULL && uncle->red) {
				uncle->red = 0;
				parent->red = 0;
				grand->red = 1;
				at = grand;
				continue;
			}
			if (parent->right == at) {
				turn_left(tree, parent);
				uncle = parent;
				parent = at;
				at = uncle;
			}
			parent->red = 0;
			grand->red = 1;
			turn_right(tree, grand);
		} else {
			uncle = grand->left;
			if (uncle != NULL && uncle->red) {
				uncle->red = 0;
				parent->red = 0;
				grand->red = 1;
				at = grand;
				continue;
			}
			if (parent->left == at) {
				turn_right(tree, parent);
				uncle = parent;
				parent = at;
				at = uncle;
			}
			parent->red = 0;
			grand->red = 1;
			turn_left(tree, grand);
		}
	}
	tree->root->red = 0;
}

static void insert(struct tree *tree, struct node *fresh)
{
	struct node *at = tree->root, *parent = NULL;
	int order = 0;

	while (at != NULL) {
		parent = at;
		order = strcmp(fresh->key, parent->key);
		if (order < 0)
			at = at->left;
		else if (order > 0)
			at = at->right;
		else
			return;
	}
	fresh->up = parent;
	fresh->left = fresh->right = NULL;
	fresh->red = 1;
	if (parent == NULL)
		tree->root = fresh;
	else if (order < 0)
		parent->left = fresh;
	else
		parent->right = fresh;
	recolour(tree, fresh);
}

int run(struct tree *variables, struct node *spare, char *const argv[], char *const envp[])
{
	pid_t pid = fork(); // site: verified

	if (pid == 0) {
		spare[0].key = "PWD";
		insert(variables, &spare[0]);
		spare[1].key = "TERM";
		insert(variables, &spare[1]);
		spare[2].key = "SHELL";
		insert(variables, &spare[2]);
		execve(argv[0], argv, envp);
		_exit(127);
	}
	return pid > 0 ? 0 : -1;
}
