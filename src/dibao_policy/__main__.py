"""`python -m dibao_policy` is the command `dibao`."""

from dibao_policy.cli.main import main

if __name__ == "__main__":
    main()
